using RealtimeCollab.LoadTester.Measuring;

namespace RealtimeCollab.LoadTester.Tests.Measuring;

public sealed class LatencyHistogramTests
{
    private readonly LatencyHistogram _histogram = new();

    [Fact]
    public void Summarize_OfKnownLatencies_GivesThemInMilliseconds()
    {
        for (var number = 1; number <= 1000; number++)
            _histogram.Record(TimeSpan.FromMicroseconds(number));

        var summary = _histogram.Summarize();

        Assert.Equal((1000, 0.5, 0.9, 0.99, 0.999, 1.0), (summary.Count, summary.P50, summary.P90, summary.P99, summary.P999, summary.Max));
        Assert.Equal(0.5005, summary.Mean, precision: 6);
    }

    [Fact]
    public void Curve_EndsWithTheMaximum_AndHasOnlyPercentilesThatTheCountCanTell()
    {
        for (var number = 1; number <= 100; number++)
            _histogram.Record(TimeSpan.FromMilliseconds(number));

        var curve = _histogram.Summarize().Curve;

        Assert.Equal(new PercentilePoint(100, 100), curve[^1]);
        Assert.Equal(99, curve[^2].Percentile);
        Assert.Equal(curve.OrderBy(point => point.Percentile).Select(point => point.Milliseconds), curve.Select(point => point.Milliseconds).Order());
    }

    [Fact]
    public void TakeRecent_TakesEachLatencyOnce_AndTheWholeKeepsAll()
    {
        _histogram.Record(TimeSpan.FromMilliseconds(1));
        var first = _histogram.TakeRecent();
        _histogram.Record(TimeSpan.FromMilliseconds(2));
        var whole = _histogram.Summarize();
        var second = _histogram.TakeRecent();

        Assert.Equal((1, 1.0), (first.Count, first.Max));
        Assert.Equal((1, 2.0), (second.Count, second.Max));
        Assert.Equal((2, 2.0), (whole.Count, whole.Max));
        Assert.Equal(LatencySummary.None, _histogram.TakeRecent());
    }

    [Fact]
    public void Clear_ForgetsWhatIsRecentAndWhatIsNot()
    {
        _histogram.Record(TimeSpan.FromMilliseconds(1));
        _histogram.TakeRecent();
        _histogram.Record(TimeSpan.FromMilliseconds(2));

        _histogram.Clear();

        Assert.Equal(0, _histogram.Summarize().Count);
    }
}
