using System.Globalization;
using System.Text;

namespace RealtimeCollab.Benchmarks.Servers;

/// <summary>Medians over the rounds, as a Markdown table.</summary>
internal static class ResultTable
{
    private const string Head =
        """
        | server | edits/s | server µs/edit (min–max) | to the first row | committed p50, p99 ms | at the others p50, p95, p99 ms | edits/message | server, load core |
        |---|---:|---:|---:|---:|---:|---:|---:|
        """;

    public static string Of(string title, IReadOnlyList<(string Name, List<RunResult> Runs)> rows)
    {
        var table = new StringBuilder().AppendLine(CultureInfo.InvariantCulture, $"\n{title}\n").AppendLine(Head);
        var floor = Median(rows[0].Runs, static run => run.ServerMicrosecondsPerEdit);
        foreach (var (name, runs) in rows)
        {
            double Of(Func<RunResult, double> figure) => Median(runs, figure);
            table.AppendLine(
                CultureInfo.InvariantCulture,
                $"| {name} | {Of(static run => run.EditsPerSecond):N0} | {Of(static run => run.ServerMicrosecondsPerEdit):F1} " +
                $"({runs.Min(static run => run.ServerMicrosecondsPerEdit):F1}–{runs.Max(static run => run.ServerMicrosecondsPerEdit):F1}) | " +
                $"{Of(static run => run.ServerMicrosecondsPerEdit) / floor:F2} | {Of(static run => run.CommitP50):F2}, {Of(static run => run.CommitP99):F2} | " +
                $"{Of(static run => run.OthersP50):F2}, {Of(static run => run.OthersP95):F2}, {Of(static run => run.OthersP99):F2} | " +
                $"{Of(static run => run.OperationsPerBatch):F1} | {Of(static run => run.ServerLoad):P0}, {Of(static run => run.GeneratorLoad):P0} |");
        }

        return table.ToString();
    }

    public static double Median(List<RunResult> runs, Func<RunResult, double> figure)
    {
        double[] sorted = [.. runs.Select(figure).Order()];
        return sorted[sorted.Length / 2];
    }
}
