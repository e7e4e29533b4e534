using Microsoft.Extensions.Logging.Abstractions;
using RealtimeCollab.Server.Delivery;
using RealtimeCollab.Server.Followers;
using RealtimeCollab.Sessions.Telemetry;
using RealtimeCollab.Testing;

namespace RealtimeCollab.Server.Tests.Followers;

/// <summary>When a stream is cut, and when not any more.</summary>
public sealed class FollowerTests : IDisposable
{
    private readonly CollabMetrics _metrics = new();
    private readonly ManualTime _time = new();
    private int _cuts;

    [Fact]
    public void Follower_ThatTakesNothing_IsCutOnce()
    {
        var follower = Follower();
        follower.Offer(EventBlock.KeepAlive);

        _time.Advance(TimeSpan.FromSeconds(10));
        follower.Tick();
        follower.Tick();

        Assert.Equal(1, _cuts);
    }

    [Fact]
    public void Follower_WhoseStreamHasEnded_IsNotCutAnyMore()
    {
        var follower = Follower();
        follower.Offer(EventBlock.KeepAlive);

        follower.Leave();
        _time.Advance(TimeSpan.FromSeconds(10));
        follower.Tick();

        Assert.Equal(0, _cuts);
    }

    public void Dispose() => _metrics.Dispose();

    private Follower Follower() => new(
        "events-1", grant: null!, expires: null, () => _cuts++,
        new FollowerServices(new DeliveryLimits(), new DeliveryMetrics(_metrics), _time, NullLogger<Follower>.Instance));
}
