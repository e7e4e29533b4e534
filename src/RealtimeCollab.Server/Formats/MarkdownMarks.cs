using Markdig.Helpers;
using Markdig.Parsers;
using Markdig.Syntax;

namespace RealtimeCollab.Server.Formats;

/// <summary>Stands before Markdig's parsers of inlines, takes nothing, and counts what they may have to do at each mark.</summary>
internal sealed class MarkdownMarks : InlineParser
{
    /// <summary>Code units that are looked through in the time of a step.</summary>
    private const int UnitsForStep = 2;

    public MarkdownMarks() => OpeningCharacters = ['*', '_', '~', '[', ']', '!', '`', '<', '&', '\\', '\n', '\r'];

    public override bool Match(InlineProcessor processor, ref StringSlice slice)
    {
        var effort = (MarkdownEffort)processor.Context!;
        if (!effort.HasCutDefinitions)
            CutDefinitions(processor.Document, effort);
        effort.SpendOnMark(processor.Block!, (slice.CurrentChar, slice.PeekChar()));
        effort.Spend(CountSearched(slice) / UnitsForStep);
        return false;
    }

    /// <summary>How far a parser may look ahead without taking what it looks at.</summary>
    private static int CountSearched(in StringSlice slice) => (slice.CurrentChar, slice.PeekChar()) switch
    {
        ('`', _) when slice.PeekCharExtra(-1) != '`' => CountInCode(slice.AsSpan()),
        // to the end of a comment, an instruction, a declaration
        ('<', '!' or '?') => slice.Length,
        (']', '(') => CountInLink(slice.AsSpan()[2..].TrimStart()),
        _ => 0,
    };

    /// <summary>To the run of as many ticks that ends the code: the next run, or any of those behind it.</summary>
    private static int CountInCode(ReadOnlySpan<char> rest)
    {
        var ticks = CountTicks(rest);
        var next = rest[ticks..].IndexOf('`');
        return next >= 0 && CountTicks(rest[(ticks + next)..]) == ticks ? next : rest.Length;
    }

    private static int CountTicks(ReadOnlySpan<char> text) => text.IndexOfAnyExcept('`') is >= 0 and var end ? end : text.Length;

    /// <summary>To the end of an address, and of a title behind it.</summary>
    private static int CountInLink(ReadOnlySpan<char> rest)
    {
        var end = rest.StartsWith('<') ? rest.IndexOfAny('>', '\n') + 1 : rest.IndexOfAnyInRange('\0', ' ');
        if (end <= 0)
            return rest.Length;
        return rest[end..].TrimStart() is ['"' or '\'' or '(', ..] ? rest.Length : end;
    }

    /// <summary>A definition is used as often as it is named: none has more than an address needs.</summary>
    private static void CutDefinitions(MarkdownDocument document, MarkdownEffort effort)
    {
        effort.HasCutDefinitions = true;
        foreach (var definition in document.GetLinkReferenceDefinitions(addGroup: false).Links.Values)
        {
            definition.Title = null;
            if (definition.Url?.Length > SafeAddress.MaxLength)
                definition.Url = null;
        }
    }
}
