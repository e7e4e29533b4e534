using System.Globalization;
using Spectre.Console;

namespace RealtimeCollab.LoadTester.Faults.Reports;

/// <summary>A report for people.</summary>
internal sealed class FaultTable(IAnsiConsole console)
{
    private const int MostShown = 20;

    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    public void Write(FaultReport report)
    {
        if (report.Faults.Count > 0)
            console.Write(ToTable(report.Faults));
        console.MarkupLineInterpolated(Culture, $"{report.Clients} people in {report.Documents} documents and their chats for {report.Seconds:F0} s, seed {report.Seed}: {report.Operations:N0} operations sent, {report.Deliveries:N0} entries told, {report.Messages:N0} messages.");
        foreach (var violation in report.Violations.Take(MostShown))
            console.MarkupLineInterpolated(Culture, $"[red]{violation.Kind}[/] {violation.Where}: {violation.What}");
        if (report.Violations.Count == 0)
            console.MarkupLine("[green]Nothing acknowledged is lost, nothing is doubled, and everybody shows what the log leads to.[/]");
        else
            console.MarkupLineInterpolated(Culture, $"[red]{report.Violations.Count} violations.[/]");
    }

    private static Table ToTable(IReadOnlyList<FaultFigures> faults)
    {
        var table = new Table().Border(TableBorder.Markdown).AddColumns("fault", "times", "held", "recovery, median", "longest", "longest wait for an acknowledgement");
        foreach (var fault in faults)
        {
            table.AddRow(
                Markup.Escape(fault.Fault), fault.Times.ToString(Culture), Seconds(fault.Held), Seconds(fault.Recovery), Seconds(fault.LongestRecovery), Seconds(fault.LongestWait));
        }

        return table;
    }

    private static string Seconds(double? seconds) => seconds is { } known ? string.Create(Culture, $"{known:F1} s") : "never";
}
