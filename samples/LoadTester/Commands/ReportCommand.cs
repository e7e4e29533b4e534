using System.CommandLine;
using RealtimeCollab.LoadTester.Reports.Html;
using RealtimeCollab.LoadTester.Results;
using Spectre.Console;

namespace RealtimeCollab.LoadTester.Commands;

/// <summary>Makes a report of a result that was written before.</summary>
internal static class ReportCommand
{
    public static Command Create(IAnsiConsole console)
    {
        var source = new Argument<string>("result.json") { Description = "A result, as --json writes it." };
        var html = new Option<string>("--html") { Description = "Write the report to this file.", Required = true };
        var command = new Command("report", "Makes an HTML report of a result.") { source, html };
        command.SetAction((parsed, cancellation) => Refusals.TellAsync(console, async () =>
        {
            var result = await ResultFile.ReadAsync(parsed.GetRequiredValue(source), cancellation);
            await File.WriteAllTextAsync(parsed.GetRequiredValue(html), HtmlReport.Of(result), cancellation);
            return 0;
        }));
        return command;
    }
}
