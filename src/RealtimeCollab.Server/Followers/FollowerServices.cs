using Microsoft.Extensions.Logging;
using RealtimeCollab.Server.Delivery;

namespace RealtimeCollab.Server.Followers;

/// <summary>What all followers of a node share.</summary>
internal sealed record FollowerServices(DeliveryLimits Limits, DeliveryMetrics Metrics, TimeProvider Time, ILogger<Follower> Logger)
{
    /// <summary>A stream on which nothing went for so long gets a comment: proxies close quiet ones after a minute.</summary>
    public static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(15);
}
