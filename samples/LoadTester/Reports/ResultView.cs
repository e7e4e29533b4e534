using System.Globalization;
using RealtimeCollab.LoadTester.Results;
using Spectre.Console;

namespace RealtimeCollab.LoadTester.Reports;

/// <summary>Tells on the console what a run found.</summary>
internal sealed class ResultView(IAnsiConsole console)
{
    public void Show(RunResult result)
    {
        console.WriteLine($"{result.Scenario}: {result.Load.Documents} × {result.Load.ClientsPerDocument} clients, {Figures.Seconds(result.ElapsedSeconds)}, {result.Load.Protocol}");
        console.Write(LatencyTable.Of(result.Latencies));
        var grid = new Grid().AddColumns(2);
        foreach (var (name, value) in Facts(result))
            grid.AddRow($"[grey]{name}[/]", Markup.Escape(value));
        console.Write(grid);
        foreach (var check in result.Checks)
            console.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"{(check.Passed ? "✓" : "✗")} {check.Name}: {check.Detail}");
        console.MarkupLine(result.Passed ? "[green]Passed[/]" : "[red]Failed[/]");
    }

    /// <summary>What there is to say beside latencies, in the order in which it is read.</summary>
    public static IEnumerable<(string Name, string Value)> Facts(RunResult result)
    {
        foreach (var (name, count) in result.Counts.OrderBy(count => count.Key, StringComparer.Ordinal))
            yield return (Figures.Words(name), result.PerSecond(name) > 0 ? $"{Figures.Count(count)}, {Figures.Number(result.PerSecond(name))}/s" : Figures.Count(count));
        var traffic = result.Traffic;
        yield return ("Sent", $"{Figures.Bytes(traffic.BytesSent)} in {Figures.Count(traffic.MessagesSent)} messages, {Figures.Bytes(result.PerSecond((double)traffic.BytesSent))}/s");
        yield return ("Received", $"{Figures.Bytes(traffic.BytesReceived)} in {Figures.Count(traffic.MessagesReceived)} messages, {Figures.Bytes(result.PerSecond((double)traffic.BytesReceived))}/s");
        if (result.Server is { ProcessorSeconds: { } server, MemoryBytes: { } memory })
            yield return ("Server", $"{Cores(server, result)}, {Figures.Bytes(memory)} of memory");
        yield return ("Tester", Cores(result.Tester.ProcessorSeconds, result));
        yield return ("Errors", result.Errors.Count == 0 ? "none" : string.Join(", ", result.Errors.Select(error => $"{error.Key} {Figures.Count(error.Value)}")));
    }

    private static string Cores(double processorSeconds, RunResult result) =>
        FormattableString.Invariant($"{100 * result.PerSecond(processorSeconds):0} % of a core");
}
