using System.CommandLine;
using RealtimeCollab.LoadTester.Reports;
using RealtimeCollab.LoadTester.Results;
using Spectre.Console;

namespace RealtimeCollab.LoadTester.Commands;

/// <summary>Tells how two results differ.</summary>
internal static class CompareCommand
{
    public static Command Create(IAnsiConsole console)
    {
        var first = new Argument<string>("a.json") { Description = "A result, as --json writes it." };
        var second = new Argument<string>("b.json") { Description = "Another one, which is compared with the first." };
        var command = new Command("compare", "Prints the differences and ratios of two results.") { first, second };
        command.SetAction((parsed, cancellation) => Refusals.TellAsync(console, async () =>
        {
            var a = await ResultFile.ReadAsync(parsed.GetRequiredValue(first), cancellation);
            var b = await ResultFile.ReadAsync(parsed.GetRequiredValue(second), cancellation);
            new ComparisonView(console).Show(Comparison.Of(a, b));
            return 0;
        }));
        return command;
    }
}
