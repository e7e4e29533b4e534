using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Logging.Abstractions;
using RealtimeCollab.Server.Delivery;
using RealtimeCollab.Testing;

namespace RealtimeCollab.Server.Tests.Delivery;

/// <summary>When the server tells its connections that it is there.</summary>
public sealed class PingsTests : IDisposable
{
    private const string Ping = """{"type":6}""";

    private static readonly DeliveryLimits Limits = new();

    private readonly ManualTime _time = new();
    private readonly BoundedHubLifetimeManager<SomeHub> _manager;

    public PingsTests() => _manager = new BoundedHubLifetimeManager<SomeHub>(Limits, _time, NullLogger<DefaultHubLifetimeManager<SomeHub>>.Instance);

    public void Dispose() => _manager.Dispose();

    [Fact]
    public async Task EveryConnection_IsPingedOnceInAnInterval()
    {
        var connections = await ConnectAsync(7);
        for (var interval = 0; interval < 3; interval++)
        {
            _time.Advance(Limits.PingInterval);
            foreach (var connection in connections)
            {
                Assert.Equal(Ping, await connection.ReadAsync());
                Assert.False(connection.HasUnread);
            }
        }
    }

    [Fact]
    public async Task ConnectionsThatCameTogether_AreNotPingedTogether()
    {
        var connections = await ConnectAsync(200);
        var steps = (int)(Limits.PingInterval / Limits.PingStep);
        for (var step = 0; step < 2 * steps; step++)
        {
            _time.Advance(Limits.PingStep);
            var pinged = connections.Where(connection => connection.HasUnread).ToList();
            Assert.InRange(pinged.Count, 0, 3 * connections.Count / steps);
            foreach (var connection in pinged)
                await connection.ReadAsync();
        }
    }

    [Fact]
    public async Task ConnectionsThatAreDueTogether_AreAllPinged_ThoughOthersGoOnInBetween()
    {
        var limits = Limits with { PingStep = Limits.PingInterval };
        using var manager = new BoundedHubLifetimeManager<SomeHub>(limits, _time, NullLogger<DefaultHubLifetimeManager<SomeHub>>.Instance);
        var connections = await ConnectAsync(100, manager);

        _time.Advance(limits.PingInterval);

        foreach (var connection in connections)
        {
            Assert.Equal(Ping, await connection.ReadAsync());
            Assert.False(connection.HasUnread);
        }
    }

    [Fact]
    public async Task ConnectionThatIsBehind_IsNotPingedToo()
    {
        var connection = (await ConnectAsync(1))[0];
        await _manager.SendConnectionAsync("0", "M", [new string('x', 2000)], TestContext.Current.CancellationToken);

        _time.Advance(Limits.PingInterval);

        Assert.Contains("xxx", await connection.ReadAsync(), StringComparison.Ordinal);
        Assert.False(connection.HasUnread);
        Assert.True(SpinWait.SpinUntil(() => connection.Context.Features.Get<Receiver>()!.WaitingBytes == 0, Support.Patience.Limit));
        _time.Advance(Limits.PingInterval);
        Assert.Equal(Ping, await connection.ReadAsync());
    }

    [Fact]
    public async Task PingBehindALargeAnswer_IsNothingToBeCutFor()
    {
        var connection = (await ConnectAsync(1))[0];
        var answer = connection.Context.WriteAsync(CompletionMessage.WithResult("1", new string('x', 2000)), TestContext.Current.CancellationToken);

        _time.Advance(12 * Limits.PingInterval);

        Assert.False(connection.IsCut);
        Assert.Contains("xxx", await connection.ReadAsync(), StringComparison.Ordinal);
        Assert.Equal(Ping, await connection.ReadAsync());
        await answer;
        Assert.False(connection.HasUnread);
        // the next one goes when this one is known to be taken
        Assert.True(SpinWait.SpinUntil(() => PingIsThere(connection), Support.Patience.Limit));
    }

    [Fact]
    public async Task TransportThatTellsByItself_IsNotPinged()
    {
        var connection = new FakeConnection("polling");
        connection.Context.Features.Set<IConnectionInherentKeepAliveFeature>(new Polling());
        await _manager.OnConnectedAsync(connection.Context);

        _time.Advance(4 * Limits.PingInterval);

        Assert.False(connection.HasUnread);
    }

    [Fact]
    public async Task ConnectionThatLeft_IsNotPinged()
    {
        var connection = (await ConnectAsync(1))[0];
        await _manager.OnDisconnectedAsync(connection.Context);

        _time.Advance(4 * Limits.PingInterval);

        Assert.False(connection.HasUnread);
    }

    private bool PingIsThere(FakeConnection connection)
    {
        _time.Advance(Limits.PingInterval);
        return connection.HasUnread;
    }

    private async Task<List<FakeConnection>> ConnectAsync(int count, BoundedHubLifetimeManager<SomeHub>? manager = null)
    {
        var connections = new List<FakeConnection>();
        for (var i = 0; i < count; i++)
        {
            var connection = new FakeConnection($"{i}");
            await (manager ?? _manager).OnConnectedAsync(connection.Context);
            connections.Add(connection);
        }

        return connections;
    }

    internal sealed class SomeHub : Hub;

    private sealed class Polling : IConnectionInherentKeepAliveFeature
    {
        public bool HasInherentKeepAlive => true;
    }
}
