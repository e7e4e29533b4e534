using System.Collections.Immutable;

namespace RealtimeCollab.LoadTester.Measuring;

/// <summary>Latencies in a few numbers, in milliseconds.</summary>
internal sealed record LatencySummary
{
    /// <summary>Of nothing.</summary>
    public static LatencySummary None { get; } = new();

    /// <summary>Where <see cref="Curve"/> is drawn.</summary>
    public static ImmutableArray<double> Percentiles { get; } =
        [0, 10, 20, 30, 40, 50, 60, 70, 75, 80, 85, 90, 92.5, 95, 96, 97, 98, 99, 99.5, 99.75, 99.9, 99.95, 99.99, 99.995, 99.999];

    /// <summary>How many latencies.</summary>
    public long Count { get; init; }

    public double Mean { get; init; }

    public double P50 { get; init; }

    public double P90 { get; init; }

    public double P99 { get; init; }

    public double P999 { get; init; }

    public double Max { get; init; }

    /// <summary>Ascending; ends with 100.</summary>
    public IReadOnlyList<PercentilePoint> Curve { get; init; } = [];
}

/// <param name="Percentile">0 to 100.</param>
/// <param name="Milliseconds">So many percent of the latencies were not longer.</param>
internal sealed record PercentilePoint(double Percentile, double Milliseconds);
