using System.CommandLine;
using System.Globalization;
using RealtimeCollab.LoadTester.Traces;
using Spectre.Console;

namespace RealtimeCollab.LoadTester.Commands;

/// <summary>Replays an editing trace through a real server, and kills it.</summary>
internal static class TraceCommand
{
    private static readonly Option<string> Trace = new("--trace") { Description = "The trace, .json or .json.gz.", Required = true };
    private static readonly Option<int> Edits = new("--edits") { Description = "Only the first so many edits.", DefaultValueFactory = _ => int.MaxValue };
    private static readonly Option<int> Window = new("--window") { Description = "Edits between two waits for the store.", DefaultValueFactory = _ => 50 };
    private static readonly Option<int> Kills = new("--kills") { Description = "Kill the server so often during the typing, too." };
    private static readonly Option<int> Rate = new("--operations-per-second") { Description = "The server's limit for one connection; 0 for none." };

    public static Command Create()
    {
        var command = new Command("trace", "Types a trace through one client while another follows, kills the server with SIGKILL, and compares what a third one opens.")
        {
            Trace, Edits, Window, Kills, Rate,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var trace = (await EditTrace.ReadAsync(parsed.GetRequiredValue(Trace), cancellation)).Take(parsed.GetValue(Edits));
        var replay = new TraceReplay(trace, new TraceReplayOptions
        {
            Window = Math.Max(1, parsed.GetValue(Window)),
            Kills = parsed.GetValue(Kills),
            OperationsPerSecond = parsed.GetValue(Rate),
        });
        try
        {
            Print(await ShowProgressAsync(replay, trace.Edits.Count, cancellation));
            return 0;
        }
        catch (TraceMismatchException mismatch)
        {
            AnsiConsole.MarkupLineInterpolated($"[red]{mismatch.Message}[/]");
            return 1;
        }
    }

    private static Task<TraceReport> ShowProgressAsync(TraceReplay replay, int edits, CancellationToken cancellation) =>
        AnsiConsole.Progress().Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn()).StartAsync(async context =>
        {
            var typing = context.AddTask("Typing", maxValue: edits);
            var running = replay.RunAsync(cancellation);
            using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(200), TimeProvider.System);
            while (!running.IsCompleted && await timer.WaitForNextTickAsync(cancellation))
                typing.Value = replay.Typed;

            typing.Value = replay.Typed;
            return await running;
        });

    private static void Print(TraceReport report)
    {
        var culture = CultureInfo.InvariantCulture;
        var table = new Table().Border(TableBorder.None).HideHeaders().AddColumns("what", "figure");
        table.AddRow("Edits", report.Edits.ToString("N0", culture));
        table.AddRow("Committed as operations", report.Revisions.ToString("N0", culture));
        table.AddRow("Typed and committed in", string.Create(culture, $"{report.Typing.TotalSeconds:F1} s"));
        table.AddRow("Edits per second", (report.Edits / report.Typing.TotalSeconds).ToString("N0", culture));
        table.AddRow("Follower up to date after", string.Create(culture, $"{report.Following.TotalSeconds:F1} s"));
        table.AddRow("Opened after kill -9 and restart in", string.Create(culture, $"{report.Opening.TotalMilliseconds:F0} ms"));
        AnsiConsole.Write(table);
        AnsiConsole.MarkupLine("[green]Writer, follower and the reader after the kill all see the end of the trace.[/]");
    }
}
