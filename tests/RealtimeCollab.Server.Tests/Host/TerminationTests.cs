using System.Net;
using Microsoft.Extensions.DependencyInjection;
using RealtimeCollab.Server.Tests.Faults;
using RealtimeCollab.Server.Tests.Support;
using RealtimeCollab.Sessions.Storage;
using RealtimeCollab.Storage.Sqlite;

namespace RealtimeCollab.Server.Tests.Host;

/// <summary>The Host, told to stop by a real SIGTERM.</summary>
public sealed class TerminationTests
{
    [Fact]
    public async Task Host_TerminatedInMidFlood_SeesItsWorkThroughAndItsClientsGoOn()
    {
        await using var host = await HostProcess.StartAsync(("RealtimeCollab__Limits__OperationsPerSecond", "0"));
        await using var flood = await Flood.ConnectAsync(host.Address, user => host.GetTokenAsync(user), Flood.ChooseSeed());
        flood.Begin();
        await flood.Told.AcknowledgedAsync(more: 200);

        var (exitCode, duration) = await host.TerminateAsync();

        TestContext.Current.TestOutputHelper?.WriteLine($"ended after {duration.TotalMilliseconds:F0} ms, {flood.Told.Acknowledged} acknowledgements");
        Assert.Equal(0, exitCode);
        Assert.Contains("Everything submitted is committed or answered.", host.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Unhandled exception", host.Output, StringComparison.Ordinal);
        await ReadAsync(host, new FloodAudit(flood, "terminated").AssertNothingLostAsync);

        await host.RestartAsync();
        await flood.Told.AcknowledgedAsync(more: 50);
        await flood.EndAsync();
        await host.TerminateAsync();
        await ReadAsync(host, new FloodAudit(flood, "at rest").AssertConvergedAsync);
    }

    [Fact]
    public async Task Host_ThatIsTerminated_TellsItsConnectionsFirst()
    {
        await using var host = await HostProcess.StartAsync();
        var connections = new List<RawHubClient>();
        foreach (var hub in new[] { "document", "chat", "presence" })
            connections.Add(await RawHubClient.ConnectAsync(host.Address, await host.GetTokenAsync("alice"), hub: hub));
        foreach (var connection in connections)
            await connection.NextAsync("Welcome");

        var end = host.TerminateAsync();

        foreach (var connection in connections)
        {
            Assert.Equal("server_draining", (string?)(await connection.NextAsync("Error"))["code"]);
            await connection.Closed.WaitAsync(Patience.Limit, TestContext.Current.CancellationToken);
            await connection.DisposeAsync();
        }

        Assert.Equal(0, (await end).ExitCode);
    }

    [Fact]
    public async Task Node_ThatDrains_IsNotReadyAndTakesNoNewConnections()
    {
        await using var app = await TestApp.StartAsync();
        Assert.Equal(HttpStatusCode.OK, await ReadinessAsync(app));

        app.Services.GetRequiredService<Server.Hubs.NodeState>().BeginDraining();

        Assert.Equal(HttpStatusCode.ServiceUnavailable, await ReadinessAsync(app));
        await using var late = await RawHubClient.ConnectAsync(app.Address, await app.GetTokenAsync("alice"));
        Assert.Equal("server_draining", (string?)(await late.NextAsync("Error"))["code"]);
        await late.Closed.WaitAsync(Patience.Limit, TestContext.Current.CancellationToken);
    }

    private static async Task<HttpStatusCode> ReadinessAsync(TestApp app)
    {
        using var response = await app.Http.GetAsync("/health/ready", TestContext.Current.CancellationToken);
        return response.StatusCode;
    }

    private static async Task ReadAsync(HostProcess host, Func<IOperationLog, Task> read)
    {
        await using var store = new ServiceCollection().AddSqliteStorage(host.ConnectionString).BuildServiceProvider();
        await read(store.GetRequiredService<IOperationLog>());
    }
}
