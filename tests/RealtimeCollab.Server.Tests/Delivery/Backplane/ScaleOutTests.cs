using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using RealtimeCollab.Protocol.MessagePack;
using RealtimeCollab.Server.Delivery;
using RealtimeCollab.Server.Delivery.Backplane;
using RealtimeCollab.Sessions.Backplane;
using RealtimeCollab.Sessions.Telemetry;

namespace RealtimeCollab.Server.Tests.Delivery.Backplane;

/// <summary>Two nodes on one backplane, whichever it is: whom a send reaches.</summary>
public abstract class ScaleOutTests : IAsyncDisposable
{
    private const string Last = "last";

    private readonly List<BackplaneHubLifetimeManager<SomeHub>> _nodes = [];

    private static readonly CollabMessagePackProtocol MessagePack = new(Options.Create(new JsonHubProtocolOptions()));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected CollabMetrics Metrics { get; } = new();

    /// <summary>The backplane, as another node has it.</summary>
    protected abstract IBackplane CreateBackplane();

    [Fact]
    public async Task SendGroup_ReachesItsMembersOnBothNodes()
    {
        var (here, there) = (Node(), Node());
        var (a, b, c) = (await ConnectAsync(here, "a", group: "g"), await ConnectAsync(there, "b", group: "g"), await ConnectAsync(there, "c", group: "other"));

        await here.SendGroupAsync("g", "M", ["1"], Cancellation);
        await here.SendGroupExceptAsync("g", "M", ["2"], ["b"], Cancellation);
        await here.SendGroupsAsync(["g", "other"], "M", ["3"], Cancellation);

        await ExpectAsync(here, (a, ["1", "2", "3"]), (b, ["1", "3"]), (c, ["3"]));
    }

    [Fact]
    public async Task SendUserAndAll_ReachTheirConnectionsOnBothNodes()
    {
        var (here, there) = (Node(), Node());
        var (a, b, c) = (await ConnectAsync(here, "a", user: "alice"), await ConnectAsync(there, "b", user: "alice"), await ConnectAsync(there, "c", user: "carol"));

        await here.SendUserAsync("alice", "M", ["1"], Cancellation);
        await here.SendUsersAsync(["alice", "carol"], "M", ["2"], Cancellation);
        await here.SendAllAsync("M", ["3"], Cancellation);
        await here.SendAllExceptAsync("M", ["4"], ["c"], Cancellation);

        await ExpectAsync(here, (a, ["1", "2", "3", "4"]), (b, ["1", "2", "3", "4"]), (c, ["2", "3"]));
    }

    [Fact]
    public async Task SendConnection_ReachesItWhereverItIs()
    {
        var (here, there) = (Node(), Node());
        var (a, b) = (await ConnectAsync(here, "a"), await ConnectAsync(there, "b"));

        await here.SendConnectionAsync("b", "M", ["1"], Cancellation);
        await here.SendConnectionsAsync(["a", "b", "nobody"], "M", ["2"], Cancellation);

        await ExpectAsync(here, (a, ["2"]), (b, ["1", "2"]));
    }

    [Fact]
    public async Task Groups_AreJoinedAndLeftFromTheOtherNode()
    {
        var (here, there) = (Node(), Node());
        var (a, b) = (await ConnectAsync(here, "a", group: "g"), await ConnectAsync(there, "b"));

        await here.AddToGroupAsync("b", "g", Cancellation);
        await here.SendGroupAsync("g", "M", ["1"], Cancellation);
        await here.RemoveFromGroupAsync("b", "g", Cancellation);
        await here.SendGroupAsync("g", "M", ["2"], Cancellation);

        await ExpectAsync(here, (a, ["1", "2"]), (b, ["1"]));
    }

    [Fact]
    public async Task Members_WhoLeftOrWent_GetNothingMore()
    {
        var (here, there) = (Node(), Node());
        var (a, b, c) = (await ConnectAsync(there, "a", group: "g"), await ConnectAsync(there, "b", group: "g"), await ConnectAsync(there, "c", group: "g"));

        await there.RemoveFromGroupAsync("a", "g", Cancellation);
        await there.OnDisconnectedAsync(b.Context);
        await there.AddToGroupAsync("c", "g", Cancellation);
        await here.SendGroupAsync("g", "M", ["1"], Cancellation);

        await ExpectAsync(here, (a, []), (c, ["1"]));
        Assert.False(b.HasUnread);
    }

    [Fact]
    public async Task Messages_OfOneNode_ComeInTheirOrder()
    {
        var (here, there) = (Node(), Node());
        var member = await ConnectAsync(there, "a", group: "g");
        string[] texts = [.. Enumerable.Range(0, 500).Select(number => $"{number}")];

        var expected = ExpectAsync(member, texts);
        foreach (var text in texts)
            await here.SendGroupAsync("g", "M", [text], Cancellation);

        await expected;
    }

    [Fact]
    public async Task Message_ForTwoProtocols_ReachesEachInItsOwn()
    {
        var (here, there) = (Node(), Node());
        var (json, messagePack) = (await ConnectAsync(there, "a", group: "g"), await ConnectAsync(there, "b", group: "g"));
        messagePack.Context.Protocol = MessagePack;

        await here.SendGroupAsync("g", "M", ["both"], Cancellation);

        Assert.Contains("[\"both\"]", await json.ReadAsync(), StringComparison.Ordinal);
        Assert.Equal(
            MessagePack.GetMessageBytes(new InvocationMessage("M", ["both"])).ToArray(), await messagePack.ReadBytesAsync());
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
            node.Dispose();
        Metrics.Dispose();
        await DisposeBackplanesAsync();
        GC.SuppressFinalize(this);
    }

    protected virtual ValueTask DisposeBackplanesAsync() => ValueTask.CompletedTask;

    private protected BackplaneHubLifetimeManager<SomeHub> Node(IBackplane? backplane = null)
    {
        var node = new BackplaneHubLifetimeManager<SomeHub>(
            backplane ?? CreateBackplane(),
            new Protocols(),
            new DeliveryLimits(),
            TimeProvider.System,
            NullLogger<DefaultHubLifetimeManager<SomeHub>>.Instance,
            new DeliveryMetrics(Metrics),
            Metrics);
        _nodes.Add(node);
        return node;
    }

    private protected static async Task<FakeConnection> ConnectAsync(HubLifetimeManager<SomeHub> node, string id, string? user = null, string? group = null)
    {
        var connection = new FakeConnection(id, user);
        await node.OnConnectedAsync(connection.Context);
        if (group is not null)
            await node.AddToGroupAsync(id, group, Cancellation);
        return connection;
    }

    /// <summary>Each reads these, and nothing else before what is sent last of all, which follows on every channel.</summary>
    private protected static async Task ExpectAsync(HubLifetimeManager<SomeHub> sender, params (FakeConnection Connection, string[] Texts)[] expected)
    {
        foreach (var (connection, _) in expected)
            await sender.SendConnectionAsync(connection.Context.ConnectionId, "M", [Last], Cancellation);
        foreach (var (connection, texts) in expected)
            await ExpectAsync(connection, [.. texts, Last]);
    }

    private protected static async Task ExpectAsync(FakeConnection connection, params string[] texts)
    {
        foreach (var text in texts)
            Assert.Contains($"[\"{text}\"]", await connection.ReadAsync().WaitAsync(Support.Patience.Limit, Cancellation), StringComparison.Ordinal);
    }

    public sealed class SomeHub : Hub;

    private sealed class Protocols : IHubProtocolResolver
    {
        public IReadOnlyList<IHubProtocol> AllProtocols { get; } = [new JsonHubProtocol(), MessagePack];

        public IHubProtocol? GetProtocol(string protocolName, IReadOnlyList<string>? supportedProtocols) => null;
    }
}
