using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using RealtimeCollab.Client;
using RealtimeCollab.Server.Tests.Client;
using RealtimeCollab.Server.Tests.Faults;
using RealtimeCollab.Server.Tests.Host;
using RealtimeCollab.Server.Tests.Support;

namespace RealtimeCollab.Server.Tests.Fuzz;

/// <summary>
/// The Host, in a process whose heap may not grow, under attackers who send what no client would, while others write. With the seed that it
/// prints, <c>FAULT_SEED</c> draws the same bytes; <c>FUZZ_ATTACKS</c> makes as many connections as it says.
/// </summary>
public sealed class RawFrameTests
{
    private const int Attackers = 4;
    private const int UsualAttacks = 400;

    /// <summary>Edits of one who is alone, to compare with those under attack.</summary>
    private const int CalmEdits = 500;

    /// <summary>Hexadecimal: 256 MiB. The attackers send several times as much, and what was kept of it would end the process.</summary>
    private const string HeapLimit = "0x10000000";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Attackers_WhoSendAnything_DoNotDisturbThoseWhoWrite()
    {
        var seed = Flood.ChooseSeed();
        var attacks = Environment.GetEnvironmentVariable("FUZZ_ATTACKS") is { Length: > 0 } given ? int.Parse(given, CultureInfo.InvariantCulture) : UsualAttacks;
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        await using var host = await HostProcess.StartInProductionAsync(
            ("DOTNET_GCHeapHardLimit", HeapLimit),
            ("RealtimeCollab__Limits__ConnectionsPerUser", "10000"),
            ("RealtimeCollab__Limits__OperationsPerSecond", "0"),
            ("RealtimeCollab__Limits__OperationsPerSecondPerUser", "0"),
            ("RealtimeCollab__Limits__HandshakeTimeout", "00:00:02"));
        await using var writer = await ConnectAsync(host, "alice");
        var typist = new Typist("alice", await writer.EditAsync("quiet"), new Random(seed));
        await typist.TypeAsync(CalmEdits).WaitAsync(Patience.Limit, Cancellation);
        using var stop = new CancellationTokenSource();
        var typing = typist.TypeAsync(stop.Token);

        var before = await HeapAsync(host);
        for (var round = 0; round < 4; round++)
        {
            var typed = typist.Typed;
            await Task.WhenAll(Enumerable.Range(0, Attackers).Select(attacker => AttackAsync(host, (seed * 100) + (round * Attackers) + attacker, attacks / 4 / Attackers)))
                .WaitAsync(Patience.Limit * 4, Cancellation);
            Assert.True(typist.Typed > typed, $"seed {seed}: nothing was acknowledged in round {round}.");
        }

        await stop.CancelAsync();
        await typing.WaitAsync(Patience.Limit, Cancellation);
        await typist.Document.SettleAsync();
        await UntilAloneAsync(host);
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{typist.Typed} edits; heap {before / 1024} KiB before, {await HeapAsync(host) / 1024} KiB after; an edit waited " +
            $"{Percentiles(typist.Waits.Take(CalmEdits))} before the attack, {Percentiles(typist.Waits.Skip(CalmEdits))} under it");
        Assert.Equal(0, (await host.TerminateAsync()).ExitCode);
        var failure = host.Output.Split('\n').SkipWhile(line => !line.StartsWith("fail: ", StringComparison.Ordinal) && !line.StartsWith("crit: ", StringComparison.Ordinal));
        Assert.True(!failure.Any(), $"seed {seed}: {string.Join('\n', failure.Take(12))}");
        Assert.DoesNotContain("nhandled exception", host.Output, StringComparison.Ordinal);
    }

    private static string Percentiles(IEnumerable<TimeSpan> waits)
    {
        TimeSpan[] sorted = [.. waits.Order()];
        return string.Create(CultureInfo.InvariantCulture, $"{At(0.5):F1} ms (p50), {At(0.99):F1} ms (p99)");

        double At(double share) => sorted[(int)(share * (sorted.Length - 1))].TotalMilliseconds;
    }

    private static async Task AttackAsync(HostProcess host, int seed, int attacks)
    {
        using var attacker = new Attacker(host.Address, await host.GetTokenAsync("mallory", "admin"), new Random(seed));
        for (var i = 0; i < attacks; i++)
            await attacker.AttackAsync();
    }

    private static async Task<CollabClient> ConnectAsync(HostProcess host, string userId)
    {
        var token = await host.GetTokenAsync(userId);
        var options = new CollabConnectionOptions { Server = host.Address, AccessToken = _ => ValueTask.FromResult<string?>(token) };
        var client = CollabClient.Create(options, ClientTestExtensions.Impatient);
        await client.StartAsync(Cancellation);
        return client;
    }

    /// <summary>Every attacker's connection has been let go.</summary>
    private static async Task UntilAloneAsync(HostProcess host)
    {
        var since = TimeProvider.System.GetTimestamp();
        while ((await StatsAsync(host))["connections"]!.AsObject().Sum(hub => (int)hub.Value!) > 1)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(since) < Patience.Limit * 2, "Connections of attackers are still open.");
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, Cancellation);
        }
    }

    private static async Task<long> HeapAsync(HostProcess host) => (long)(await StatsAsync(host))["process"]!["heapBytes"]!;

    private static async Task<JsonNode> StatsAsync(HostProcess host)
    {
        using var http = new HttpClient { BaseAddress = host.Address };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await host.GetTokenAsync("root", "admin"));
        return (await http.GetFromJsonAsync<JsonNode>("/api/stats", Cancellation))!;
    }
}
