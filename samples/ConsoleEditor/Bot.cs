using RealtimeCollab.Client;

namespace ConsoleEditor;

/// <summary>Types without a terminal: for demonstrations, and for servers that want something to do.</summary>
internal static class Bot
{
    public static async Task RunAsync(CollabDocument document, int words, int pause, CancellationToken stop)
    {
        document.StateChanged += (_, change) => Console.WriteLine($"state {change.State}");
        document.ErrorOccurred += (_, failure) => Console.Error.WriteLine(failure.Error.Message);
        for (var word = 1; word <= words; word++)
        {
            document.Insert(document.Length, $"word{word} ");
            await document.WaitUntilKeptAsync(stop);
            Console.WriteLine($"kept {word}");
            await Task.Delay(TimeSpan.FromMilliseconds(pause), TimeProvider.System, stop);
        }

        await document.WaitUntilSavedAsync(stop);
        Console.WriteLine($"saved at revision {document.Revision}");
    }
}
