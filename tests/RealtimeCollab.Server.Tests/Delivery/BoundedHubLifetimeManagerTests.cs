using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Connections.Features;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Logging.Abstractions;
using RealtimeCollab.Server.Delivery;
using RealtimeCollab.Testing;

namespace RealtimeCollab.Server.Tests.Delivery;

/// <summary>Whom a send reaches, and what becomes of those who do not read.</summary>
public sealed class BoundedHubLifetimeManagerTests : IDisposable
{
    private static readonly string Large = new('x', 300 * 1024);

    private readonly ManualTime _time = new();
    private readonly BoundedHubLifetimeManager<SomeHub> _manager;

    public BoundedHubLifetimeManagerTests() =>
        _manager = new BoundedHubLifetimeManager<SomeHub>(new DeliveryLimits(), _time, NullLogger<DefaultHubLifetimeManager<SomeHub>>.Instance);

    public void Dispose() => _manager.Dispose();

    [Fact]
    public async Task SendGroup_ReachesItsMembersAlone()
    {
        var (a, b, c) = (await ConnectAsync("a", "g"), await ConnectAsync("b", "g"), await ConnectAsync("c", "other"));
        await _manager.SendGroupAsync("g", "M", ["hi"], Cancellation);
        Assert.Contains("\"hi\"", await a.ReadAsync(), StringComparison.Ordinal);
        Assert.Contains("\"hi\"", await b.ReadAsync(), StringComparison.Ordinal);
        Assert.False(c.HasUnread);
    }

    [Fact]
    public async Task SendGroups_ReachesTheMembersOfAll()
    {
        var (a, b, c) = (await ConnectAsync("a", "g"), await ConnectAsync("b", "h"), await ConnectAsync("c", "other"));
        await _manager.SendGroupsAsync(["g", "h"], "M", ["hi"], Cancellation);
        AssertReached([a, b], [c]);
    }

    [Fact]
    public async Task SendGroupExcept_PassesTheExcludedOver()
    {
        var (a, b) = (await ConnectAsync("a", "g"), await ConnectAsync("b", "g"));
        await _manager.SendGroupExceptAsync("g", "M", ["hi"], ["a"], Cancellation);
        AssertReached([b], [a]);
    }

    [Fact]
    public async Task SendAllAndUserAndConnection_ReachWhomTheyName()
    {
        var a = await ConnectAsync("a", user: "alice");
        var b = await ConnectAsync("b", user: "bob");
        await _manager.SendUserAsync("alice", "M", ["1"], Cancellation);
        await _manager.SendUsersAsync(["bob"], "M", ["2"], Cancellation);
        await _manager.SendConnectionAsync("a", "M", ["3"], Cancellation);
        await _manager.SendConnectionsAsync(["b", "nobody"], "M", ["4"], Cancellation);
        await _manager.SendAllAsync("M", ["5"], Cancellation);
        await _manager.SendAllExceptAsync("M", ["6"], ["b"], Cancellation);
        await AssertReadsAsync(a, "1", "3", "5", "6");
        await AssertReadsAsync(b, "2", "4", "5");
        AssertReached([], [a, b]);
    }

    [Fact]
    public async Task Receiver_WhoseRequestHasEnded_IsCutWithoutAFailureOnTheTimer()
    {
        var ended = new DefaultHttpContext();
        ended.Uninitialize();
        Assert.Throws<ObjectDisposedException>(ended.Abort);
        var slow = new FakeConnection("slow");
        slow.Context.Features.Set<IHttpContextFeature>(new Request { HttpContext = ended });
        await _manager.OnConnectedAsync(slow.Context);
        await _manager.SendConnectionAsync("slow", "M", [Large], Cancellation);

        _time.Advance(TimeSpan.FromSeconds(10));

        await slow.CutAsync().WaitAsync(Support.Patience.Limit, Cancellation);
    }

    [Fact]
    public async Task LeftGroupsAndDisconnected_GetNothingMore()
    {
        var (a, b, c) = (await ConnectAsync("a", "g"), await ConnectAsync("b", "g"), await ConnectAsync("c", "g"));
        await _manager.RemoveFromGroupAsync("a", "g", Cancellation);
        await _manager.OnDisconnectedAsync(b.Context);
        await _manager.AddToGroupAsync("b", "g", Cancellation);
        await _manager.SendGroupAsync("g", "M", ["hi"], Cancellation);
        AssertReached([c], [a, b]);
    }

    [Fact]
    public async Task Invoke_GivesTheResultOfTheClient()
    {
        var a = await ConnectAsync("a");
        var asked = _manager.InvokeConnectionAsync<int>("a", "Ask", [], Cancellation);
        var frame = System.Text.Json.Nodes.JsonNode.Parse(await a.ReadAsync())!;
        await _manager.SetConnectionResultAsync("a", new CompletionMessage((string)frame["invocationId"]!, error: null, result: 7, hasResult: true));
        Assert.Equal(7, await asked);
    }

    [Fact]
    public async Task SendGroup_WithAMemberThatDoesNotRead_ReachesTheOthersInOrder()
    {
        var stalled = await ConnectAsync("stalled", "g");
        var reading = await ConnectAsync("reading", "g");
        for (var i = 0; i < 100; i++)
        {
            var sent = _manager.SendGroupAsync("g", "M", [$"message {i} {new string('x', 1000)}"], Cancellation);
            Assert.True(sent.IsCompletedSuccessfully);
            Assert.Contains($"message {i} ", await reading.ReadAsync(), StringComparison.Ordinal);
        }

        Assert.False(stalled.IsCut);
        for (var i = 0; i < 100; i++)
            Assert.Contains($"message {i} ", await stalled.ReadAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Receiver_WithMoreThanAMebibyteWaiting_IsCutAndTheOthersAreNot()
    {
        var stalled = await ConnectAsync("stalled", "g");
        var reading = await ConnectAsync("reading", "g");
        var cut = stalled.CutAsync();
        for (var i = 0; i < 3; i++)
        {
            await _manager.SendGroupAsync("g", "M", [Large], Cancellation);
            await reading.ReadAsync();
            Assert.False(cut.IsCompleted);
        }

        await _manager.SendGroupAsync("g", "M", [Large], Cancellation);
        await reading.ReadAsync();
        await cut.WaitAsync(Support.Patience.Limit, Cancellation);
        Assert.False(reading.IsCut);
    }

    [Fact]
    public async Task Receiver_OfOneMessageLargerThanTheLimit_IsNotCut()
    {
        var receiver = await ConnectAsync("a", "g");
        await _manager.SendGroupAsync("g", "M", [new string('x', 3_000_000)], Cancellation);
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.False(receiver.IsCut);
        Assert.Equal(3_000_000, (await receiver.ReadAsync()).Count(unit => unit == 'x'));
    }

    [Fact]
    public async Task Receiver_WhoseOldestMessageIsTooOld_IsCut()
    {
        var receiver = await ConnectAsync("a", "g");
        var cut = receiver.CutAsync();
        await _manager.SendGroupAsync("g", "M", [new string('x', 2000)], Cancellation);
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.False(cut.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(1));
        await cut.WaitAsync(Support.Patience.Limit, Cancellation);
    }

    [Fact]
    public async Task Receiver_ThatReadsInTime_StartsAfresh()
    {
        var receiver = await ConnectAsync("a", "g");
        for (var i = 0; i < 4; i++)
        {
            await _manager.SendGroupAsync("g", "M", [Large], Cancellation);
            _time.Advance(TimeSpan.FromSeconds(4));
            await receiver.ReadAsync();
            Assert.True(SpinWait.SpinUntil(() => receiver.Context.Features.Get<Receiver>()!.WaitingBytes == 0, Support.Patience.Limit));
        }

        Assert.False(receiver.IsCut);
    }

    [Fact]
    public async Task Receiver_BehindALargeAnswer_HasTheTimeThatASlowLineNeeds()
    {
        var receiver = await ConnectAsync("a", "g");
        var cut = receiver.CutAsync();
        receiver.Context.Features.Get<Receiver>()!.ExpectLargeAnswer(64 * 1024 * 60);
        await _manager.SendGroupAsync("g", "M", [new string('x', 2000)], Cancellation);
        _time.Advance(TimeSpan.FromSeconds(59));
        Assert.False(cut.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(2));
        await cut.WaitAsync(Support.Patience.Limit, Cancellation);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private async Task<FakeConnection> ConnectAsync(string id, string? group = null, string? user = null)
    {
        var connection = new FakeConnection(id, user);
        await _manager.OnConnectedAsync(connection.Context);
        if (group is not null)
            await _manager.AddToGroupAsync(id, group, Cancellation);
        return connection;
    }

    private static async Task AssertReadsAsync(FakeConnection connection, params string[] texts)
    {
        foreach (var text in texts)
            Assert.Contains($"[\"{text}\"]", await connection.ReadAsync(), StringComparison.Ordinal);
    }

    private static void AssertReached(FakeConnection[] reached, FakeConnection[] others)
    {
        Assert.All(reached, connection => Assert.True(connection.HasUnread));
        Assert.All(others, connection => Assert.False(connection.HasUnread));
    }

    internal sealed class SomeHub : Hub;

    private sealed class Request : IHttpContextFeature
    {
        public HttpContext? HttpContext { get; set; }
    }
}
