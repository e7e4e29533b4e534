using RealtimeCollab.Server.Limits;
using RealtimeCollab.Sessions;
using RealtimeCollab.Testing;

namespace RealtimeCollab.Server.Tests.Limits;

public sealed class TokenBucketTests
{
    private readonly ManualTime _time = new(DateTimeOffset.UnixEpoch);

    [Fact]
    public void Bucket_ThatIsEmpty_FillsWithTimeUpToTheBurst()
    {
        using var bucket = new TokenBucket(4, _time);
        Assert.Equal(8, TakeAll(bucket));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(4, TakeAll(bucket));
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(8, TakeAll(bucket));
        Assert.Equal(20, bucket.GetStatistics()!.TotalSuccessfulLeases);
        Assert.Equal(3, bucket.GetStatistics()!.TotalFailedLeases);
    }

    [Fact]
    public void Bucket_AskedForMoreThanItHas_GivesNothing()
    {
        using var bucket = new TokenBucket(2, _time);
        Assert.False(bucket.AttemptAcquire(5).IsAcquired);
        Assert.True(bucket.AttemptAcquire(4).IsAcquired);
    }

    [Fact]
    public void Spend_OfMoreThanThereIs_IsOwed()
    {
        using var bucket = new TokenBucket(2, _time);
        Assert.True(bucket.TrySpend(3));
        Assert.True(bucket.TrySpend(10));
        Assert.False(bucket.TrySpend(1));
        Assert.Equal(0, bucket.GetStatistics()!.CurrentAvailablePermits);
        _time.Advance(TimeSpan.FromSeconds(4.5));
        Assert.False(bucket.TrySpend(1));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(bucket.TrySpend(1));
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(4, TakeAll(bucket));
    }

    [Fact]
    public void IdleDuration_CountsFromWhenItWasFull()
    {
        using var bucket = new TokenBucket(1, _time);
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(TimeSpan.FromSeconds(5), bucket.IdleDuration);
        Assert.True(bucket.AttemptAcquire().IsAcquired);
        Assert.Null(bucket.IdleDuration);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(TimeSpan.Zero, bucket.IdleDuration);
        _time.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal(TimeSpan.FromSeconds(3), bucket.IdleDuration);
    }

    [Fact]
    public void Take_OfAConnectionAndItsUser_AllocatesNothing()
    {
        using var connection = new Rate("operations", 1_000_000, 1_000_000, _time).Open("alice");
        Assert.InRange(Allocations.PerStep(_ => connection.Take(), warmUp: 1_000, steps: 20_000), 0, 0.1);
    }

    [Fact]
    public void Take_BeyondTheRateOfTheUser_IsRefusedOnEveryConnection()
    {
        var rate = new Rate("operations", 0, 1, _time);
        using var first = rate.Open("alice");
        using var second = rate.Open("alice");
        using var other = rate.Open("bob");
        first.Take();
        second.Take();
        Assert.Equal(CollabError.RateLimited, Assert.Throws<CollabException>(first.Take).Error);
        Assert.Equal(CollabError.RateLimited, Assert.Throws<CollabException>(second.Take).Error);
        other.Take();
    }

    [Fact]
    public void Buckets_OfUsersWhoLeft_GoOnceTheyAreFull()
    {
        var buckets = new UserBuckets(1, _time);
        Assert.True(buckets.Open("stays").AttemptAcquire(2).IsAcquired);
        for (var i = 0; i < 1_000; i++)
        {
            Assert.True(buckets.Open($"user-{i}").AttemptAcquire(2).IsAcquired);
            buckets.Close($"user-{i}");
        }

        Assert.Equal(1_001, buckets.Count);
        Assert.False(buckets.Open("user-7").AttemptAcquire().IsAcquired);
        buckets.Close("user-7");
        _time.Advance(TimeSpan.FromSeconds(2));
        for (var i = 0; i < 1_000; i++)
        {
            buckets.Open($"next-{i}");
            buckets.Close($"next-{i}");
        }

        Assert.InRange(buckets.Count, 1, 600);
        Assert.True(buckets.Open("stays").AttemptAcquire(2).IsAcquired);
    }

    private static int TakeAll(TokenBucket bucket)
    {
        var taken = 0;
        while (bucket.AttemptAcquire().IsAcquired)
            taken++;
        return taken;
    }
}
