using RealtimeCollab.Server.Delivery;
using RealtimeCollab.Sessions.Backplane;
using RealtimeCollab.Sessions.Backplane.Memory;

namespace RealtimeCollab.Server.Tests.Delivery.Backplane;

public sealed class MemoryScaleOutTests : ScaleOutTests
{
    private readonly MemoryBackplane _backplane = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected override IBackplane CreateBackplane() => _backplane;

    [Fact]
    public async Task Channels_AreHeardOnlyForThoseWhoAreHere()
    {
        var node = Node();
        var a = await ConnectAsync(node, "a", user: "alice", group: "g");
        var b = await ConnectAsync(node, "b", user: "alice", group: "g");
        Assert.Equal(["SomeHub/group/g", "SomeHub/user/alice"], ChannelsOfMembers());

        await node.RemoveFromGroupAsync("a", "g", Cancellation);
        await node.OnDisconnectedAsync(a.Context);
        Assert.Equal(["SomeHub/group/g", "SomeHub/user/alice"], ChannelsOfMembers());
        await node.AddToGroupAsync("b", "g", Cancellation);
        await node.OnDisconnectedAsync(b.Context);

        Assert.Empty(ChannelsOfMembers());
        node.Dispose();
        Assert.Empty(_backplane.Channels);
    }

    [Fact]
    public async Task Backplane_ThatIsAway_HoldsUpNothingOnTheNode()
    {
        var (here, there) = (Node(), Node());
        var a = await ConnectAsync(here, "a", group: "g");
        var b = await ConnectAsync(there, "b", group: "g");

        _backplane.IsAway = true;
        await here.SendGroupAsync("g", "M", ["1"], Cancellation);
        await ExpectAsync(a, "1");
        _backplane.IsAway = false;
        await here.SendGroupAsync("g", "M", ["2"], Cancellation);

        await ExpectAsync(a, "2");
        await ExpectAsync(b, "2");
    }

    [Fact]
    public async Task Backplane_ThatDoesNotAnswer_DelaysAJoinByAMomentOnly()
    {
        var node = Node(new SilentBackplane());
        var a = await ConnectAsync(node, "a", user: "alice", group: "g");

        await node.SendGroupAsync("g", "M", ["1"], Cancellation);

        await ExpectAsync(a, "1");
    }

    [Fact]
    public async Task RemoveFromGroupHere_OfWhoHasGone_AsksNoOtherNode()
    {
        var node = Node();
        var a = await ConnectAsync(node, "a", group: "g");
        var asked = 0;
        using var _ = await _backplane.SubscribeAsync("SomeHub/all", _ => asked++);

        await node.RemoveFromGroupHereAsync("a", "g");
        await node.SendGroupAsync("g", "M", ["1"], Cancellation);
        await node.OnDisconnectedAsync(a.Context);
        await node.RemoveFromGroupHereAsync("a", "g");

        Assert.False(a.HasUnread);
        Assert.Equal(0, asked);
    }

    [Fact]
    public async Task Garbage_OnAChannel_IsPassedOver()
    {
        var node = Node();
        var a = await ConnectAsync(node, "a", group: "g");
        byte[][] garbage = [[], [0xc1], [0x93, 0x00, 0xa1, 0x78], [0x93, 0x07, 0xa1, 0x78, 0x00], [0x96, 0x00, 0xa1, 0x78, 0x09, 0xa0, 0x90, 0x80], [0xdd, 0xff, 0xff, 0xff, 0xff]];

        foreach (var bytes in garbage)
            _backplane.Publish("SomeHub/group/g", bytes);

        await Node().SendGroupAsync("g", "M", ["1"], Cancellation);
        await ExpectAsync(a, "1");
    }

    private IEnumerable<string> ChannelsOfMembers() =>
        _backplane.Channels.Where(channel => channel is not "SomeHub/all" && !channel.StartsWith("SomeHub/node/", StringComparison.Ordinal)).Order(StringComparer.Ordinal);

    private sealed class SilentBackplane : IBackplane
    {
        public void Publish(string channel, ReadOnlyMemory<byte> message)
        {
        }

        public ValueTask<IDisposable> SubscribeAsync(string channel, Action<ReadOnlyMemory<byte>> onMessage) =>
            new(new TaskCompletionSource<IDisposable>().Task);
    }
}
