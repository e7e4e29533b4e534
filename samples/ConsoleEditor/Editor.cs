using System.Threading.Channels;
using RealtimeCollab.Client;
using RealtimeCollab.OperationalTransform;
using Spectre.Console;

namespace ConsoleEditor;

/// <summary>A small editor for plain text: one thread reads keys, one draws whatever has changed.</summary>
internal sealed class Editor(CollabDocument document)
{
    private readonly Channel<bool> _changes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private string _refusal = "";

    public async Task RunAsync(CancellationToken stop)
    {
        Console.TreatControlCAsInput = true; // and Ctrl+Z, which would put the program to sleep
        document.Changed += (_, _) => Redraw();
        document.StateChanged += (_, _) => Redraw();
        document.PeopleChanged += (_, _) => Redraw();
        MoveTo(document.Length);
        var keys = Task.Run(ReadKeys, stop);
        await AnsiConsole.Live(Screen.Draw(document, _refusal)).StartAsync(async live =>
        {
            await foreach (var _ in _changes.Reader.ReadAllAsync(stop))
                live.UpdateTarget(Screen.Draw(document, _refusal));
        });
        await keys;
        await document.WaitUntilKeptAsync(stop);
    }

    private void Redraw() => _changes.Writer.TryWrite(true);

    private void ReadKeys()
    {
        try
        {
            while (Console.ReadKey(intercept: true) is var key && key is not ({ Key: ConsoleKey.Escape } or { Key: ConsoleKey.C, Modifiers: ConsoleModifiers.Control }))
            {
                // what is beyond the basic plane, such as an emoji, comes as two keys
                var typed = char.IsHighSurrogate(key.KeyChar) ? $"{key.KeyChar}{Console.ReadKey(intercept: true).KeyChar}" : $"{key.KeyChar}";
                Press(key, typed);
                Redraw();
            }
        }
        finally
        {
            _changes.Writer.Complete();
        }
    }

    private void Press(ConsoleKeyInfo key, string typed)
    {
        var (content, caret) = (document.Content, Screen.CaretOf(document.Content, document.Selection));
        Action act = key switch
        {
            { Key: ConsoleKey.Z, Modifiers: ConsoleModifiers.Control } => () => document.Undo(),
            { Key: ConsoleKey.Y, Modifiers: ConsoleModifiers.Control } => () => document.Redo(),
            { Key: ConsoleKey.LeftArrow } => () => MoveTo(caret - WidthBefore(content, caret)),
            { Key: ConsoleKey.RightArrow } when caret < content.Length => () => MoveTo(caret + (char.IsHighSurrogate(content[caret]) ? 2 : 1)),
            { Key: ConsoleKey.Backspace } => () => Type("", WidthBefore),
            { Key: ConsoleKey.Enter } => () => Type("\n", (_, _) => 0),
            { KeyChar: >= ' ' } => () => Type(typed, (_, _) => 0),
            _ => () => { },
        };
        try
        {
            _refusal = "";
            act();
        }
        catch (CollabClientException refused)
        {
            _refusal = refused.Message; // a document to be read only, say
        }
    }

    /// <summary>Puts text at the caret, and takes something away before it: wherever that is when the edit is made, as others type too.</summary>
    private void Type(string text, Func<Document, int, int> taken) => document.Edit((content, selection) =>
    {
        var caret = Screen.CaretOf(content, selection);
        var length = taken(content, caret);
        return TextOperation.Replace(content.Length, caret - length, length, text);
    });

    private void MoveTo(int position)
    {
        document.EndUndoStep();
        document.Select(new Selection(SelectionRange.Cursor(position)));
    }

    private static int WidthBefore(Document content, int caret) => caret == 0 ? 0 : char.IsLowSurrogate(content[caret - 1]) ? 2 : 1;
}
