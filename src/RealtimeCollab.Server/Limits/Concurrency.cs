using System.Threading.RateLimiting;

namespace RealtimeCollab.Server.Limits;

/// <summary>Limits of how many there may be at a time.</summary>
internal static class Concurrency
{
    /// <summary>So many for each key, 0 for no limit; nobody waits for a place.</summary>
    public static PartitionedRateLimiter<TKey> For<TKey>(int limit)
        where TKey : notnull =>
        PartitionedRateLimiter.Create<TKey, TKey>(key => limit == 0
            ? RateLimitPartition.GetNoLimiter(key)
            : RateLimitPartition.GetConcurrencyLimiter(key, _ => new ConcurrencyLimiterOptions { PermitLimit = limit, QueueLimit = 0 }));
}
