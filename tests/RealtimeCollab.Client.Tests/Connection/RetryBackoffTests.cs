using RealtimeCollab.Client.Connection;

namespace RealtimeCollab.Client.Tests.Connection;

public sealed class RetryBackoffTests
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 100)]
    [InlineData(2, 200)]
    [InlineData(4, 800)]
    [InlineData(5, 1000)]
    [InlineData(1000, 1000)]
    public void Delay_WithTheHighestChance_DoublesUpToTheLongest(int attempt, double milliseconds) =>
        Assert.Equal(milliseconds, new RetryBackoff(First, Longest, () => 1).DelayBefore(attempt).TotalMilliseconds, 0.001);

    [Fact]
    public void Delay_WithTheLowestChance_IsHalf() =>
        Assert.Equal(First, new RetryBackoff(First, Longest, () => 0).DelayBefore(2));

    [Fact]
    public void Delay_OfItsOwnChance_StaysBetweenHalfAndAll()
    {
        var backoff = new RetryBackoff(First, Longest);

        var delays = Enumerable.Range(0, 1000).Select(_ => backoff.DelayBefore(1)).ToList();

        Assert.All(delays, delay => Assert.InRange(delay, First / 2, First));
        Assert.True(delays.Distinct().Count() > 500);
    }
}
