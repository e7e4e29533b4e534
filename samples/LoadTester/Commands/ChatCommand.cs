using System.CommandLine;
using System.Globalization;
using RealtimeCollab.LoadTester.Chats;
using Spectre.Console;

namespace RealtimeCollab.LoadTester.Commands;

/// <summary>Fills chat rooms with people who talk, and measures how long their words take.</summary>
internal static class ChatCommand
{
    private static readonly Option<int> Rooms = new("--rooms") { Description = "How many rooms.", DefaultValueFactory = _ => 5 };
    private static readonly Option<int> People = new("--people") { Description = "How many people in each.", DefaultValueFactory = _ => 20 };
    private static readonly Option<int> Rate = new("--messages-per-second") { Description = "Messages of all of them together.", DefaultValueFactory = _ => 200 };
    private static readonly Option<int> Seconds = new("--seconds") { Description = "How long they talk.", DefaultValueFactory = _ => 10 };

    public static Command Create()
    {
        var command = new Command("chat", "Talks in chat rooms of a server with SQLite, and measures the time from sending to everyone else's screen.") { Rooms, People, Rate, Seconds };
        command.SetAction(async (parsed, cancellation) => Print(await new ChatLoad
        {
            Rooms = parsed.GetValue(Rooms),
            People = parsed.GetValue(People),
            MessagesPerSecond = parsed.GetValue(Rate),
            Duration = TimeSpan.FromSeconds(parsed.GetValue(Seconds)),
        }.RunAsync(cancellation)));
        return command;
    }

    private static int Print(ChatReport report)
    {
        var culture = CultureInfo.InvariantCulture;
        var table = new Table().Border(TableBorder.None).HideHeaders().AddColumns("what", "figure");
        table.AddRow("Messages", report.Messages.ToString("N0", culture));
        table.AddRow("Deliveries", report.Deliveries.ToString("N0", culture));
        foreach (var share in new[] { 0.5, 0.95, 0.99 })
            table.AddRow(string.Create(culture, $"Sent to seen, {share:P0}"), string.Create(culture, $"{report.Latency(share).TotalMilliseconds:F1} ms"));
        table.AddRow("Server's processor time for a delivery", string.Create(culture, $"{report.ServerTime.TotalMicroseconds / report.Deliveries:F1} µs"));
        AnsiConsole.Write(table);
        if (report.Missing == 0)
            return 0;
        AnsiConsole.MarkupLineInterpolated(culture, $"[red]{report.Missing} deliveries are missing.[/]");
        return 1;
    }
}
