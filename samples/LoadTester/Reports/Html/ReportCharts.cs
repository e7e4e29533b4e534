using System.Collections.Immutable;
using RealtimeCollab.LoadTester.Measuring;
using RealtimeCollab.LoadTester.Results;

namespace RealtimeCollab.LoadTester.Reports.Html;

/// <summary>The pictures of a result.</summary>
internal static class ReportCharts
{
    private static readonly ImmutableArray<string> Colors = ["c1", "c2", "c3", "c4", "c5"];
    private static readonly ImmutableArray<double> PercentileTicks = [0, 50, 90, 99, 99.9, 99.99, 99.999];

    public static IEnumerable<LineChart> Of(RunResult result)
    {
        var counts = result.Counts.Keys.Where(name => result.Timeline.Any(point => point.Counts.GetValueOrDefault(name) > 0)).Order(StringComparer.Ordinal).ToList();
        if (counts.Count > 0)
            yield return Over(result, "Throughput", "In each second, as the tester saw it.", Figures.Number, Figures.RoundNumber, [
                .. counts.Select((name, number) => Line(result, Figures.Words(name), number, point => point.Counts.GetValueOrDefault(name) / point.Length)),
            ]);
        if (MainKind(result) is { } kind)
        {
            if (result.Timeline.Any(point => LatencyOf(point, kind) is not null))
            {
                yield return Over(result, $"{kind.Title}, over time", "A line that climbs is a server, or a tester, that does not keep up.", Figures.Milliseconds, Figures.RoundMilliseconds, [
                    Line(result, "p50", 0, point => LatencyOf(point, kind)?.P50) with { IsFilled = true },
                    Line(result, "p99", 2, point => LatencyOf(point, kind)?.P99),
                    Line(result, "max", 4, point => LatencyOf(point, kind)?.Max) with { IsDashed = true },
                ]);
            }

            yield return Percentiles(result);
        }

        yield return counts.Count > 0
            ? Over(result, "Traffic", "Bytes of the hub protocol in each second, over all clients.", Figures.Bytes, Figures.RoundBytes, [
                Line(result, "Sent by clients", 0, point => point.Traffic.BytesSent / point.Length),
                Line(result, "Received by clients", 1, point => point.Traffic.BytesReceived / point.Length),
            ])
            : Over(result, "Connections", "That are open.", Figures.Number, Figures.RoundNumber, [Line(result, "Connections", 0, point => point.Connections) with { IsFilled = true }]);
    }

    /// <summary>The latency that the scenario is about.</summary>
    public static LatencyKind? MainKind(RunResult result) =>
        new[] { LatencyKind.Recovered, LatencyKind.Seen, LatencyKind.Acknowledged, LatencyKind.Joined }.FirstOrDefault(kind => result.Latencies.ContainsKey(kind.Name));

    private static IntervalLatency? LatencyOf(TimelinePoint point, LatencyKind kind) =>
        point.Latencies.TryGetValue(kind.Name, out var latency) && latency.Count > 0 ? latency : null;

    /// <param name="result">Whose timeline.</param>
    /// <param name="name">For the legend.</param>
    /// <param name="color">From 0 on.</param>
    /// <param name="value">Null where an interval has none.</param>
    private static ChartLine Line(RunResult result, string name, int color, Func<TimelinePoint, double?> value) => new(
        name,
        Colors[color % Colors.Length],
        [
            .. result.Timeline
                .Select(point => (point.Seconds, Value: value(point)))
                .Where(point => point.Value is not null)
                .Select(point => new ChartPoint(point.Seconds, point.Value!.Value, Figures.Seconds(Math.Round(point.Seconds, 1)))),
        ]);

    private static LineChart Over(RunResult result, string title, string about, Func<double, string> write, Func<double, string> writeRound, IReadOnlyList<ChartLine> lines) => new()
    {
        Title = title,
        About = about,
        X = Axis.Time(result.Timeline is [.., { Seconds: var end }] ? end : 1),
        Y = Axis.Linear(lines.SelectMany(line => line.Points).Select(point => point.Y).DefaultIfEmpty(0).Max(), writeRound),
        Lines = lines,
        Write = write,
    };

    /// <summary>Each nine more is as far from the one before, as the tail is what users remember.</summary>
    private static LineChart Percentiles(RunResult result)
    {
        static double Place(double percentile) => -Math.Log10(1 - (Math.Min(percentile, 99.9999) / 100));

        // how long connecting took belongs to another load, unless the scenario is about it
        var kinds = LatencyKind.All.Where(kind => result.Latencies.ContainsKey(kind.Name) && (kind != LatencyKind.Joined || kind == MainKind(result))).ToList();
        var lines = kinds.Select((kind, number) => new ChartLine(
            kind.Title,
            kind == LatencyKind.Lateness ? "c5" : Colors[number % 4],
            [.. result.Latencies[kind.Name].Curve.Where(point => point.Percentile < 100).Select(point => new ChartPoint(Place(point.Percentile), point.Milliseconds, FormattableString.Invariant($"{point.Percentile} %")))])
        {
            IsDashed = kind == LatencyKind.Lateness,
        }).ToList();
        var points = lines.SelectMany(line => line.Points).ToList();
        var end = points.Select(point => point.X).DefaultIfEmpty(1).Max();
        return new LineChart
        {
            Title = "Latency by percentile",
            About = "So many percent were not longer. Both axes are logarithmic.",
            X = Axis.Between(0, end, [.. PercentileTicks.Select(percentile => new Tick(Place(percentile), FormattableString.Invariant($"{percentile} %"))).Where(tick => tick.Value <= end + 1e-9)]),
            Y = Axis.Logarithmic(Math.Max(0.1, points.Select(point => point.Y).DefaultIfEmpty(1).Min()), points.Select(point => point.Y).DefaultIfEmpty(1).Max(), Figures.RoundMilliseconds),
            Lines = lines,
            Write = Figures.Milliseconds,
        };
    }
}
