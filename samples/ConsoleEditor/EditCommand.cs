using System.CommandLine;
using System.Threading.Channels;
using RealtimeCollab.Client;
using RealtimeCollab.OperationalTransform;
using Spectre.Console;

namespace ConsoleEditor;

/// <summary>A small editor for plain text: type, move with the arrows, Ctrl+Z and Ctrl+Y, Esc to leave.</summary>
internal static class EditCommand
{
    public static Command Create()
    {
        var command = Server.AddTo(new Command("edit", "Edits a document. Ctrl+Z takes back, Ctrl+Y does again, Esc leaves."));
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        await using var client = Server.Connect(parsed);
        await using var document = await client.OpenAsync(parsed.GetRequiredValue(Server.Document), options: null, cancellation);
        var redraw = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        void Redraw(object? sender, EventArgs change) => redraw.Writer.TryWrite(true);
        document.Changed += Redraw;
        document.StateChanged += Redraw;
        document.PeopleChanged += Redraw;
        PlaceCaret(document, document.Length);

        var typing = Task.Run(
            () =>
            {
                while (Console.ReadKey(intercept: true) is var key && key.Key != ConsoleKey.Escape)
                {
                    TryPress(document, key);
                    redraw.Writer.TryWrite(true);
                }

                redraw.Writer.Complete();
            },
            cancellation);
        await AnsiConsole.Live(Screen.Draw(document)).StartAsync(async live =>
        {
            await foreach (var _ in redraw.Reader.ReadAllAsync(cancellation))
                live.UpdateTarget(Screen.Draw(document));
        });
        await typing;
        await document.WaitUntilKeptAsync(cancellation);
    }

    private static void TryPress(CollabDocument document, ConsoleKeyInfo key)
    {
        try
        {
            Press(document, key);
        }
        catch (Exception refused) when (refused is OperationException or CollabClientException)
        {
            // half an emoji, a document to be read only, or somebody else's edit between the look and the key
        }
    }

    private static void Press(CollabDocument document, ConsoleKeyInfo key)
    {
        var caret = Screen.CaretOf(document);
        switch (key)
        {
            case { Key: ConsoleKey.Z, Modifiers: ConsoleModifiers.Control }:
                document.Undo();
                break;
            case { Key: ConsoleKey.Y, Modifiers: ConsoleModifiers.Control }:
                document.Redo();
                break;
            case { Key: ConsoleKey.LeftArrow }:
                PlaceCaret(document, caret - 1);
                break;
            case { Key: ConsoleKey.RightArrow }:
                PlaceCaret(document, caret + 1);
                break;
            case { Key: ConsoleKey.Backspace }:
                // the content as it is at that moment: somebody may type between the look and the edit
                document.Edit(content => TextOperation.Replace(content.Length, Math.Max(0, caret - 1), Math.Min(caret, 1), ""));
                break;
            case { Key: ConsoleKey.Enter }:
                document.Insert(caret, "\n");
                break;
            case { KeyChar: >= ' ' and var typed }:
                document.Insert(caret, typed.ToString());
                break;
        }
    }

    private static void PlaceCaret(CollabDocument document, int position)
    {
        document.EndUndoStep();
        document.Select(new Selection(SelectionRange.Cursor(Math.Clamp(position, 0, document.Length))));
    }
}
