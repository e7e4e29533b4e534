using System.Text;
using RealtimeCollab.Client;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace ConsoleEditor;

/// <summary>What a document looks like in a terminal: its end, with everybody's carets, and below it who is here and whether all is saved.</summary>
internal static class Screen
{
    public static IRenderable Draw(CollabDocument document)
    {
        var people = string.Join(", ", document.People.Select(person => $"[{person.Color}]{person.UserName.EscapeMarkup()}[/]"));
        return new Panel(new Markup(Text(document)))
            .Header($" {document.Id} · {document.State} · revision {document.Revision} · {people} ")
            .Expand();
    }

    /// <summary>Where the user's caret is: the library moves it along with others' edits.</summary>
    public static int CaretOf(CollabDocument document) => document.Selection is { Ranges: [var range, ..] } ? range.Head : document.Length;

    private static string Text(CollabDocument document)
    {
        var content = document.Content;
        var top = content.GetLineStart(Math.Max(0, content.LineCount - AnsiConsole.Profile.Height + 4));
        var carets = document.People.Where(person => person.Selection is { Ranges: [_, ..] })
            .GroupBy(person => person.Selection!.Ranges[0].Head, person => $"black on {person.Color}")
            .ToDictionary(at => at.Key, at => at.First());
        carets[CaretOf(document)] = "invert";

        // a space at the end, for a caret to stand on
        var text = content.GetText(top, content.Length - top) + " ";
        var shown = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            var unit = text[i].ToString();
            var visible = unit == "\n" && carets.ContainsKey(top + i) ? " \n" : unit;
            shown.Append(carets.TryGetValue(top + i, out var style) ? $"[{style}]{visible.EscapeMarkup()}[/]" : visible.EscapeMarkup());
        }

        return shown.ToString();
    }
}
