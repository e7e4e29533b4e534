using System.Text;
using RealtimeCollab.Client;
using RealtimeCollab.OperationalTransform;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace ConsoleEditor;

/// <summary>What a document looks like in a terminal: the lines up to the caret, with everybody's carets, who is here and whether all is saved.</summary>
internal static class Screen
{
    private const int Frame = 2;

    public static IRenderable Draw(CollabDocument document, string refusal)
    {
        var people = string.Join(", ", document.People.Select(person => $"[{person.Color}]{person.UserName.EscapeMarkup()}[/]"));
        var header = $" {document.Id} · {document.State} · revision {document.Revision} · {people} {refusal.EscapeMarkup()} ";
        return new Panel(new Markup(Text(document))).Header(header).Expand();
    }

    /// <summary>Where the user's caret is: the library moves it along with others' edits.</summary>
    public static int CaretOf(Document content, Selection? selection) => selection is { Ranges: [var range, ..] } ? range.Head : content.Length;

    private static string Text(CollabDocument document)
    {
        var content = document.Content;
        var own = Math.Min(CaretOf(content, document.Selection), content.Length);
        var carets = document.People.Where(person => person.Selection is { Ranges: [_, ..] })
            .GroupBy(person => person.Selection!.Ranges[0].Head, person => $"black on {person.Color}")
            .ToDictionary(at => at.Key, at => at.First());
        carets[own] = "invert";

        var (line, height) = (content.GetLinePosition(own).Line, AnsiConsole.Profile.Height - Frame - 1);
        var top = content.GetLineStart(Math.Max(0, line - height + 1));
        var text = content.GetText(top, content.Length - top) + " "; // at the end, for a caret to stand on
        var shown = new StringBuilder();
        for (var (at, width, lines) = (0, 0, 0); at < text.Length && lines < height; at += width)
        {
            width = char.IsHighSurrogate(text[at]) ? 2 : 1;
            lines += text[at] == '\n' ? 1 : 0;
            var caret = carets.GetValueOrDefault(top + at);
            var visible = text[at] == '\n' && caret is not null ? " \n" : text.Substring(at, width);
            shown.Append(caret is null ? visible.EscapeMarkup() : $"[{caret}]{visible.EscapeMarkup()}[/]");
        }

        return shown.ToString();
    }
}
