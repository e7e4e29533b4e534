using RealtimeCollab.Server.Delivery.Backplane;
using RealtimeCollab.Sessions.Backplane;
using RealtimeCollab.Sessions.Backplane.Memory;

namespace RealtimeCollab.Server.Tests.Delivery.Backplane;

/// <summary>A channel that could not be heard is not given up for good.</summary>
public sealed class ChannelSubscriptionsTests
{
    [Fact]
    public async Task Channel_ThatFailed_IsTriedAgainByTheNextHolder()
    {
        var backplane = new FailingBackplane { Failures = 1 };
        using var subscriptions = new ChannelSubscriptions(backplane, static _ => { });
        await Assert.ThrowsAsync<InvalidOperationException>(() => subscriptions.HoldAsync("c"));

        await subscriptions.HoldAsync("c");

        Assert.Equal(["c"], backplane.Inner.Channels);
        subscriptions.Release("c");
        Assert.Equal(["c"], backplane.Inner.Channels);
        subscriptions.Release("c");
        Assert.Empty(backplane.Inner.Channels);
    }

    [Fact]
    public async Task Channel_ThatFailsForAll_LeavesNothingBehind()
    {
        var backplane = new FailingBackplane { Failures = 2 };
        using var subscriptions = new ChannelSubscriptions(backplane, static _ => { });
        await Assert.ThrowsAsync<InvalidOperationException>(() => subscriptions.HoldAsync("c"));
        await Assert.ThrowsAsync<InvalidOperationException>(() => subscriptions.HoldAsync("c"));
        subscriptions.Release("c");
        subscriptions.Release("c");

        await subscriptions.HoldAsync("c");
        subscriptions.Release("c");

        Assert.Empty(backplane.Inner.Channels);
    }

    private sealed class FailingBackplane : IBackplane
    {
        public MemoryBackplane Inner { get; } = new();

        public int Failures { get; set; }

        public void Publish(string channel, ReadOnlyMemory<byte> message) => Inner.Publish(channel, message);

        public ValueTask<IDisposable> SubscribeAsync(string channel, Action<ReadOnlyMemory<byte>> onMessage) =>
            Failures-- > 0 ? throw new InvalidOperationException("the backplane refuses") : Inner.SubscribeAsync(channel, onMessage);
    }
}
