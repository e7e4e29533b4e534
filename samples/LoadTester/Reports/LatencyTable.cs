using RealtimeCollab.LoadTester.Measuring;
using Spectre.Console;

namespace RealtimeCollab.LoadTester.Reports;

/// <summary>Latencies as a table of the console.</summary>
internal static class LatencyTable
{
    public static Table Of(IReadOnlyDictionary<string, LatencySummary> latencies)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumn("Latency");
        foreach (var figure in new[] { "p50", "p90", "p99", "p99.9", "max", "count" })
            table.AddColumn(new TableColumn(figure).RightAligned());
        foreach (var kind in LatencyKind.All.Where(kind => latencies.TryGetValue(kind.Name, out var latency) && latency.Count > 0))
        {
            var latency = latencies[kind.Name];
            table.AddRow(
                Figures.Words(kind.Name),
                Figures.Milliseconds(latency.P50),
                Figures.Milliseconds(latency.P90),
                Figures.Milliseconds(latency.P99),
                Figures.Milliseconds(latency.P999),
                Figures.Milliseconds(latency.Max),
                Figures.Count(latency.Count));
        }

        return table;
    }
}
