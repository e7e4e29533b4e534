using RealtimeCollab.LoadTester.Measuring;
using RealtimeCollab.LoadTester.Results;

namespace RealtimeCollab.LoadTester.Reports.Html;

/// <summary>The figures that are read first.</summary>
internal static class ReportTiles
{
    private static readonly string[] Actions = [CountName.Recoveries, CountName.Edits, CountName.Messages, CountName.Statuses, CountName.Joins];

    public static IEnumerable<ReportTile> Of(RunResult result)
    {
        if (Actions.FirstOrDefault(result.Counts.ContainsKey) is { } action)
            yield return Rate(result, action);
        if (ReportCharts.MainKind(result) is { } kind)
        {
            var latency = result.Latencies[kind.Name];
            yield return new ReportTile($"{Figures.Words(kind.Name)}, p50", Figures.Milliseconds(latency.P50), $"mean {Figures.Milliseconds(latency.Mean)}");
            yield return new ReportTile($"{Figures.Words(kind.Name)}, p99", Figures.Milliseconds(latency.P99), $"p99.9 {Figures.Milliseconds(latency.P999)}");
        }

        yield return new ReportTile("Connections", Figures.Count(result.Timeline.Select(point => point.Connections).DefaultIfEmpty(0).Max()), "at most");
        if (result.Server.ProcessorSeconds is { } processor)
            yield return new ReportTile("Server", FormattableString.Invariant($"{100 * result.PerSecond(processor):0} %"), $"of a core, {Figures.Bytes(result.Server.MemoryBytes ?? 0)}");
        var errors = result.Errors.Values.Sum();
        yield return new ReportTile("Errors", Figures.Count(errors), errors == 0 ? "none" : string.Join(", ", result.Errors.Keys)) { IsBad = errors > 0 };
    }

    private static ReportTile Rate(RunResult result, string action)
    {
        var (name, count) = (Figures.Words(action), Figures.Count(result.Counts[action]));
        return result.PerSecond(action) > 0
            ? new ReportTile(name, $"{Figures.Number(result.PerSecond(action))}/s", $"{count} in all")
            : new ReportTile(name, count, "before the load");
    }
}

/// <param name="Name">What it is.</param>
/// <param name="Value">The figure.</param>
/// <param name="Note">What else to know about it.</param>
internal sealed record ReportTile(string Name, string Value, string Note)
{
    public bool IsBad { get; init; }
}
