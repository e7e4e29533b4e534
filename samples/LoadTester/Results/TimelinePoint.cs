using RealtimeCollab.LoadTester.Measuring;

namespace RealtimeCollab.LoadTester.Results;

/// <summary>What happened in one interval of a run.</summary>
/// <param name="Seconds">The interval's end, from the beginning of the measured part.</param>
/// <param name="Length">How long it was, in seconds.</param>
/// <param name="Connections">Open at its end.</param>
/// <param name="Counts">What was counted in it, by <see cref="CountName"/>.</param>
/// <param name="Traffic">Messages and bytes in it.</param>
/// <param name="Errors">In it, of all codes.</param>
/// <param name="Latencies">Of what ended in it, by <see cref="LatencyKind.Name"/>.</param>
internal sealed record TimelinePoint(
    double Seconds,
    double Length,
    int Connections,
    IReadOnlyDictionary<string, long> Counts,
    TrafficTotals Traffic,
    long Errors,
    IReadOnlyDictionary<string, IntervalLatency> Latencies);

/// <summary>Latencies of one interval, in milliseconds.</summary>
internal sealed record IntervalLatency(long Count, double P50, double P99, double Max)
{
    public static IntervalLatency Of(LatencySummary summary) => new(summary.Count, summary.P50, summary.P99, summary.Max);
}
