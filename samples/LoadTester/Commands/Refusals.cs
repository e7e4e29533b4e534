using System.Globalization;
using Spectre.Console;

namespace RealtimeCollab.LoadTester.Commands;

/// <summary>Tells the user what to put right, without a stack of calls.</summary>
internal static class Refusals
{
    /// <summary>The exit code of a command that did not run.</summary>
    public const int Refused = 2;

    public static async Task<int> TellAsync(IAnsiConsole console, Func<Task<int>> run)
    {
        try
        {
            return await run();
        }
        catch (LoadException refusal)
        {
            console.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"[red]{refusal.Message}[/]");
            return Refused;
        }
    }
}
