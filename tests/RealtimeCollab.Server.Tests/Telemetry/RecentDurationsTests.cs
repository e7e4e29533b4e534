using RealtimeCollab.Server.Telemetry;
using RealtimeCollab.Testing;

namespace RealtimeCollab.Server.Tests.Telemetry;

public sealed class RecentDurationsTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public void Quantiles_AreWithinATenthOfTheDurations()
    {
        var durations = new RecentDurations(_time);
        for (var i = 1; i <= 1_000; i++)
            durations.Take(TimeSpan.FromMilliseconds(i));
        var (count, found) = durations.Quantiles(0.5, 0.99, 1);
        Assert.Equal(1_000, count);
        Assert.InRange(found[0], 500, 551);
        Assert.InRange(found[1], 990, 1_090);
        Assert.InRange(found[2], 1_000, 1_101);
    }

    [Fact]
    public void Durations_OlderThanAMinute_AreForgotten()
    {
        var durations = new RecentDurations(_time);
        durations.Take(TimeSpan.FromSeconds(1));
        _time.Advance(TimeSpan.FromSeconds(45));
        durations.Take(TimeSpan.FromMilliseconds(1));
        Assert.Equal(2, durations.Quantiles(1).Count);
        _time.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal(1, durations.Quantiles(1).Count);
        Assert.InRange(durations.Quantiles(1).Milliseconds[0], 1, 1.1);
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Equal((0, 0), (durations.Quantiles(1).Count, durations.Quantiles(1).Milliseconds[0]));
    }
}
