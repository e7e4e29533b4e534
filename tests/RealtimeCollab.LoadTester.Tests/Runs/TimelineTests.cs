using RealtimeCollab.LoadTester.Measuring;
using RealtimeCollab.LoadTester.Runs;
using RealtimeCollab.Testing;

namespace RealtimeCollab.LoadTester.Tests.Runs;

public sealed class TimelineTests
{
    private readonly ManualTime _time = new();
    private readonly Measurements _measurements;

    public TimelineTests() => _measurements = new Measurements(_time);

    [Fact]
    public void Samples_HoldWhatCameInTheirInterval()
    {
        Act(latency: 9, bytes: 1000);
        var timeline = new Timeline(_measurements);
        Act(latency: 1, bytes: 10);
        Act(latency: 3, bytes: 20);
        _time.Advance(TimeSpan.FromSeconds(1));
        timeline.Sample();
        _measurements.Errors.Count("rate_limited");
        Act(latency: 2, bytes: 5);
        _time.Advance(TimeSpan.FromSeconds(2));
        timeline.Sample();

        var (first, second) = (timeline.Points[0], timeline.Points[1]);
        Assert.Equal((2, 30, 0, 2, 3.0), (first.Counts["edits"], first.Traffic.BytesSent, first.Errors, first.Latencies["seen"].Count, first.Latencies["seen"].Max));
        Assert.Equal((1, 5, 1, 1, 2.0), (second.Counts["edits"], second.Traffic.BytesSent, second.Errors, second.Latencies["seen"].Count, second.Latencies["seen"].Max));
        Assert.Equal(2, second.Length, precision: 6);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(300, 1)]
    [InlineData(3600, 12)]
    public void Interval_IsASecond_UntilThereWouldBeTooMany(int duration, int interval) =>
        Assert.Equal(TimeSpan.FromSeconds(interval), Timeline.IntervalFor(TimeSpan.FromSeconds(duration)));

    [Fact]
    public void BeginLoad_ForgetsTheWarmUp_ButNotWhoJoinedAndWhatWentWrong()
    {
        Act(latency: 1, bytes: 10);
        _measurements.Count(CountName.Joins);
        _measurements.Record(LatencyKind.Joined, _time.GetTimestamp());
        _measurements.Errors.Count("rate_limited");

        _measurements.BeginLoad();

        Assert.Equal((0L, 1L), (_measurements.Latencies["seen"].Summarize().Count, _measurements.Latencies["joined"].Summarize().Count));
        Assert.Equal([CountName.Joins], _measurements.Counts.Keys);
        Assert.Equal((0L, 1L), (_measurements.Traffic.Totals.BytesSent, _measurements.Errors.Total));
    }

    private void Act(int latency, int bytes)
    {
        _measurements.Count(CountName.Edits);
        _measurements.Traffic.Sent(bytes);
        _measurements.Record(LatencyKind.Seen, _time.GetTimestamp() - TimeSpan.FromMilliseconds(latency).Ticks);
    }
}
