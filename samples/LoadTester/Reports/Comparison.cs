using RealtimeCollab.LoadTester.Measuring;
using RealtimeCollab.LoadTester.Results;

namespace RealtimeCollab.LoadTester.Reports;

/// <summary>Two results side by side.</summary>
/// <param name="A">The name of the first.</param>
/// <param name="B">The name of the second.</param>
/// <param name="Settings">What the two runs were asked for differently: figures of different loads say little about each other.</param>
/// <param name="Rows">Figures that both have.</param>
internal sealed record Comparison(string A, string B, IReadOnlyList<SettingDifference> Settings, IReadOnlyList<ComparisonRow> Rows)
{
    public static Comparison Of(RunResult a, RunResult b) => new(NameOf(a), NameOf(b), [.. Differences(a, b)], [.. Compare(a, b)]);

    private static string NameOf(RunResult result) => result.Label ?? FormattableString.Invariant($"{result.Scenario} {result.StartedAt:yyyy-MM-dd HH:mm:ss}");

    private static IEnumerable<SettingDifference> Differences(RunResult a, RunResult b)
    {
        (string Name, object A, object B)[] settings =
        [
            ("scenario", a.Scenario, b.Scenario),
            ("documents", a.Load.Documents, b.Load.Documents),
            ("clients per document", a.Load.ClientsPerDocument, b.Load.ClientsPerDocument),
            ("rate per client", a.Load.RatePerClient, b.Load.RatePerClient),
            ("every, s", a.Load.EverySeconds, b.Load.EverySeconds),
            ("duration, s", a.Load.DurationSeconds, b.Load.DurationSeconds),
            ("warm-up, s", a.Load.WarmUpSeconds, b.Load.WarmUpSeconds),
            ("seed", a.Load.Seed, b.Load.Seed),
            ("protocol", a.Load.Protocol, b.Load.Protocol),
            ("processors", a.Tester.Processors, b.Tester.Processors),
        ];
        return settings
            .Where(setting => !setting.A.Equals(setting.B))
            .Select(setting => new SettingDifference(setting.Name, FormattableString.Invariant($"{setting.A}"), FormattableString.Invariant($"{setting.B}")));
    }

    private static IEnumerable<ComparisonRow> Compare(RunResult a, RunResult b)
    {
        foreach (var name in a.Counts.Keys.Intersect(b.Counts.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            // who joined before the load did so at no rate
            if (a.PerSecond(name) + b.PerSecond(name) > 0)
                yield return new ComparisonRow($"{Figures.Words(name)} per second", "", a.PerSecond(name), b.PerSecond(name), Better.More);
        }

        foreach (var kind in LatencyKind.All.Where(kind => a.Latencies.ContainsKey(kind.Name) && b.Latencies.ContainsKey(kind.Name)))
        {
            var (title, first, second) = (Figures.Words(kind.Name), a.Latencies[kind.Name], b.Latencies[kind.Name]);
            yield return new ComparisonRow($"{title}, p50", "ms", first.P50, second.P50, Better.Less);
            yield return new ComparisonRow($"{title}, p90", "ms", first.P90, second.P90, Better.Less);
            yield return new ComparisonRow($"{title}, p99", "ms", first.P99, second.P99, Better.Less);
            yield return new ComparisonRow($"{title}, p99.9", "ms", first.P999, second.P999, Better.Less);
            yield return new ComparisonRow($"{title}, max", "ms", first.Max, second.Max, Better.Less);
        }

        yield return new ComparisonRow("Sent", "KB/s", Kilobytes(a, a.Traffic.BytesSent), Kilobytes(b, b.Traffic.BytesSent), Better.Less);
        yield return new ComparisonRow("Received", "KB/s", Kilobytes(a, a.Traffic.BytesReceived), Kilobytes(b, b.Traffic.BytesReceived), Better.Less);
        if (a.Server.ProcessorSeconds is { } processorOfA && b.Server.ProcessorSeconds is { } processorOfB)
            yield return new ComparisonRow("Server", "% of a core", 100 * a.PerSecond(processorOfA), 100 * b.PerSecond(processorOfB), Better.Less);
        if (a.Server.MemoryBytes is { } memoryOfA && b.Server.MemoryBytes is { } memoryOfB)
            yield return new ComparisonRow("Server's memory", "MB", memoryOfA / 1e6, memoryOfB / 1e6, Better.Less);
        yield return new ComparisonRow("Errors", "", a.Errors.Values.Sum(), b.Errors.Values.Sum(), Better.Less);
    }

    private static double Kilobytes(RunResult result, long bytes) => result.PerSecond((double)bytes) / 1000;
}

/// <summary>Which direction is the good one.</summary>
internal enum Better
{
    More,
    Less,
}

/// <param name="Name">What was asked for.</param>
/// <param name="A">In the first run.</param>
/// <param name="B">In the second.</param>
internal sealed record SettingDifference(string Name, string A, string B);

/// <summary>One figure of both.</summary>
internal sealed record ComparisonRow(string Name, string Unit, double A, double B, Better Better)
{
    /// <summary>What the second has more.</summary>
    public double Difference => B - A;

    /// <summary>How many times the first the second is; null where the first is nothing.</summary>
    public double? Ratio => A == 0 ? null : B / A;

    /// <summary>Whether the second is better; null where they are the same to a hundredth.</summary>
    public bool? IsBetter => Math.Abs(Difference) <= 0.01 * Math.Max(Math.Abs(A), Math.Abs(B)) ? null : Difference > 0 == (Better == Better.More);
}
