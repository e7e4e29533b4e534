using System.CommandLine;
using RealtimeCollab.Client;

namespace ConsoleEditor;

/// <summary>Types without a terminal: for demonstrations, and for servers that want something to do.</summary>
internal static class BotCommand
{
    private static readonly Option<int> Words = new("--words") { Description = "How many words to type.", DefaultValueFactory = _ => 100 };
    private static readonly Option<int> Pause = new("--pause") { Description = "Milliseconds between two words.", DefaultValueFactory = _ => 200 };

    public static Command Create()
    {
        var command = Server.AddTo(new Command("bot", "Types numbered words at the end of a document, and says of each that it cannot get lost.") { Words, Pause });
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        await using var client = Server.Connect(parsed);
        await using var document = await client.OpenAsync(parsed.GetRequiredValue(Server.Document), options: null, cancellation);
        document.StateChanged += (_, change) => Console.WriteLine($"state {change.State}");
        document.ErrorOccurred += (_, failure) => Console.Error.WriteLine(failure.Error.Message);

        for (var word = 1; word <= parsed.GetValue(Words); word++)
        {
            document.Insert(document.Length, $"word{word} ");
            await document.WaitUntilKeptAsync(cancellation);
            Console.WriteLine($"kept {word}");
            await Task.Delay(TimeSpan.FromMilliseconds(parsed.GetValue(Pause)), TimeProvider.System, cancellation);
        }

        await document.WaitUntilSavedAsync(cancellation);
        Console.WriteLine($"saved at revision {document.Revision}");
    }
}
