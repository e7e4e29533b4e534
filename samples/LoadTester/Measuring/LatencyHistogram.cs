namespace RealtimeCollab.LoadTester.Measuring;

/// <summary>How long things took, from a microsecond to an hour, to a thousandth of each. Safe for any thread.</summary>
internal sealed class LatencyHistogram
{
    private const long LongestMicroseconds = 3_600_000_000;

    private readonly Lock _lock = new();
    private readonly HdrCounts _earlier = new(LongestMicroseconds);
    private readonly HdrCounts _recent = new(LongestMicroseconds);

    /// <summary>Takes one latency in; less than nothing counts as nothing, and more than an hour as an hour.</summary>
    public void Record(TimeSpan latency)
    {
        lock (_lock)
            _recent.Record((long)latency.TotalMicroseconds);
    }

    /// <summary>What was recorded since the last call of this method.</summary>
    public LatencySummary TakeRecent()
    {
        lock (_lock)
        {
            var summary = Summarize(_recent);
            Merge_NeedsLock();
            return summary;
        }
    }

    /// <summary>All that was recorded since the last <see cref="Clear"/>.</summary>
    public LatencySummary Summarize()
    {
        lock (_lock)
        {
            // what is recent stays so: an interval is not cut by somebody who looks at the whole
            var all = new HdrCounts(LongestMicroseconds);
            all.Add(_earlier);
            all.Add(_recent);
            return Summarize(all);
        }
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            _earlier.Clear();
            _recent.Clear();
        }
    }

    private void Merge_NeedsLock()
    {
        _earlier.Add(_recent);
        _recent.Clear();
    }

    private static LatencySummary Summarize(HdrCounts counts) => counts.Total == 0
        ? LatencySummary.None
        : new LatencySummary
        {
            Count = counts.Total,
            Mean = counts.Mean / 1000,
            P50 = Milliseconds(counts, 50),
            P90 = Milliseconds(counts, 90),
            P99 = Milliseconds(counts, 99),
            P999 = Milliseconds(counts, 99.9),
            Max = Milliseconds(counts, 100),
            Curve = [.. Curve(counts)],
        };

    /// <summary>The percentiles for which there are enough latencies to tell them from the one before.</summary>
    private static IEnumerable<PercentilePoint> Curve(HdrCounts counts) => LatencySummary.Percentiles
        .Where(percentile => (100 - percentile) / 100 * counts.Total >= 1)
        .Select(percentile => new PercentilePoint(percentile, Milliseconds(counts, percentile)))
        .Append(new PercentilePoint(100, Milliseconds(counts, 100)));

    private static double Milliseconds(HdrCounts counts, double percentile) => counts.Percentile(percentile) / 1000.0;
}
