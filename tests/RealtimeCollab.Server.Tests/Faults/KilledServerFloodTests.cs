using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using RealtimeCollab.LoadTester.Servers;
using RealtimeCollab.Sessions.Storage;
using RealtimeCollab.Storage.Sqlite;

namespace RealtimeCollab.Server.Tests.Faults;

/// <summary>
/// A server with SQLite in a process of its own, killed with SIGKILL while clients flood it. The file is read while the server is
/// dead: what a client was told before the kill has to be there, whatever is sent again later. More rounds than the usual few run
/// with the environment variable FAULT_ROUNDS.
/// </summary>
public sealed class KilledServerFloodTests
{
    private const int UsualRounds = 3;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Server_KilledInMidFlood_LosesAndDoublesNothing()
    {
        var seed = Flood.ChooseSeed();
        var random = new Random(seed);
        var rounds = Environment.GetEnvironmentVariable("FAULT_ROUNDS") is { Length: > 0 } asked ? int.Parse(asked, CultureInfo.InvariantCulture) : UsualRounds;
        await using var server = await ServerProcess.StartAsync(operationsPerSecond: 0, Cancellation);
        await using var flood = await Flood.ConnectAsync(server.Address, user => server.GetTokenAsync(user, Cancellation), seed);

        for (var round = 1; round <= rounds; round++)
        {
            flood.Begin();
            await flood.Told.AcknowledgedAsync(more: random.Next(1, 400));
            await server.KillAsync(Cancellation);
            await ReadAsync(server, new FloodAudit(flood, $"round {round}, killed").AssertNothingLostAsync);

            await server.RestartAsync(Cancellation);
            await flood.Told.AcknowledgedAsync(more: 50);
            await flood.EndAsync();
            await server.KillAsync(Cancellation);
            await ReadAsync(server, new FloodAudit(flood, $"round {round}, at rest").AssertConvergedAsync);
            await server.RestartAsync(Cancellation);
        }

        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{rounds} rounds, {2 * rounds} kills, {flood.Typists.Sum(typist => typist.Typed)} edits, {flood.Told.Acknowledged} acknowledgements");
    }

    private static async Task ReadAsync(ServerProcess server, Func<IOperationLog, Task> read)
    {
        await using var store = new ServiceCollection().AddSqliteStorage($"Data Source={server.DatabasePath}").BuildServiceProvider();
        await read(store.GetRequiredService<IOperationLog>());
    }
}
