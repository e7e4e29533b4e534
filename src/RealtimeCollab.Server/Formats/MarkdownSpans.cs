using System.Globalization;
using System.Text;
using RealtimeCollab.OperationalTransform;

namespace RealtimeCollab.Server.Formats;

/// <summary>
/// Writes what stands in a line. Where asterisks might not be read as emphasis, which depends on what stands beside them, it is said with
/// tags, which always are. An address that may run something is left out, as in HTML.
/// </summary>
internal static class MarkdownSpans
{
    private const string Escaped = "\\`*_[]<>&~#";

    /// <summary>Digits that the number of an item has at the most.</summary>
    private const int MaxNumber = 9;

    private static readonly (string Format, string Tag)[] Tags =
    [
        (QuillFormats.Bold, "strong"), (QuillFormats.Italic, "em"), (QuillFormats.Strike, "s"), (QuillFormats.Underline, "u"),
    ];

    public static string Write(RichLine line)
    {
        var text = new StringBuilder();
        for (var i = 0; i < line.Spans.Count; i++)
        {
            var isApart = IsSpace(line.Spans, i - 1, fromEnd: true) && IsSpace(line.Spans, i + 1, fromEnd: false);
            Write(text, line.Spans[i], isApart, isFirst: i == 0, isLast: i == line.Spans.Count - 1);
        }

        return text.ToString();
    }

    public static int LongestRunOfTicks(string text)
    {
        var (longest, run) = (0, 0);
        foreach (var character in text)
        {
            run = character == '`' ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        return longest;
    }

    private static void Write(StringBuilder text, RichSpan span, bool isApart, bool isFirst, bool isLast)
    {
        var link = span.Attributes.FindText(QuillFormats.Link) is { } address && SafeAddress.IsLink(address) ? address : null;
        if (link is not null)
            text.Append('[');
        if (span.Embed is { } embed)
            Write(text, embed, span.Attributes);
        else if (isApart && link is null && FindDelimiter(span) is { } delimiter)
            text.Append(delimiter).Append(Escape(span.Text, isFirst: false, isLast: false)).Append(delimiter);
        else if (link is not null && span.Text is " " or "x" or "X" && span.Attributes.Count == 1)
            // a box of a task, wherever it stands
            text.Append(CultureInfo.InvariantCulture, $"&#{(int)span.Text[0]};");
        else
            WriteTagged(text, span, isFirst, isLast);
        if (link is not null)
            text.Append("](<").Append(EscapeAddress(link)).Append(">)");
    }

    private static void Write(StringBuilder text, Embed embed, AttributeMap attributes)
    {
        if (embed.FindText(QuillFormats.Image) is { } image && SafeAddress.IsImage(image))
            text.Append("![").Append(Escape(attributes.FindText(QuillFormats.Alt) ?? "", isFirst: false, isLast: false)).Append("](<").Append(EscapeAddress(image)).Append(">)");
        else if (embed.FindText(QuillFormats.Video) is { } video && SafeAddress.IsLink(video))
            text.Append('[').Append(Escape(video, isFirst: false, isLast: false)).Append("](<").Append(EscapeAddress(video)).Append(">)");
        else if (embed.FindText(QuillFormats.Formula) is { } formula)
            WriteCode(text, formula);
    }

    private static void WriteTagged(StringBuilder text, RichSpan span, bool isFirst, bool isLast)
    {
        var tags = Tags.Where(tag => span.Attributes.Has(tag.Format)).Select(tag => tag.Tag).ToList();
        if (span.Attributes.FindText(QuillFormats.Script) is "sub" or "super")
            tags.Add(span.Attributes.FindText(QuillFormats.Script) == "sub" ? "sub" : "sup");
        foreach (var tag in tags)
            text.Append('<').Append(tag).Append('>');
        if (span.Attributes.Has(QuillFormats.Code))
            WriteCode(text, span.Text);
        else
            text.Append(Escape(span.Text, isFirst && tags.Count == 0, isLast && tags.Count == 0));
        foreach (var tag in Enumerable.Reverse(tags))
            text.Append("</").Append(tag).Append('>');
    }

    private static void WriteCode(StringBuilder text, string code)
    {
        if (code.Length == 0)
            return;
        // ticks are counted with those before them, escaped or not
        if (code.Any(char.IsControl) || text.Length > 0 && text[^1] == '`')
        {
            text.Append("<code>").Append(Escape(code, isFirst: false, isLast: false)).Append("</code>");
            return;
        }

        var ticks = new string('`', LongestRunOfTicks(code) + 1);
        // one space on either side is taken away again
        var pad = code[0] is '`' or ' ' || code[^1] is '`' or ' ' ? " " : "";
        if (string.IsNullOrWhiteSpace(code))
            pad = "";
        text.Append(ticks).Append(pad).Append(code).Append(pad).Append(ticks);
    }

    /// <summary>Asterisks or tildes, for a single format around what begins and ends with a letter or digit.</summary>
    private static string? FindDelimiter(RichSpan span)
    {
        if (span.Attributes.Count != 1 || !char.IsAsciiLetterOrDigit(span.Text[0]) || !char.IsAsciiLetterOrDigit(span.Text[^1]))
            return null;
        if (span.Attributes.Has(QuillFormats.Bold))
            return "**";
        if (span.Attributes.Has(QuillFormats.Italic))
            return "*";
        return span.Attributes.Has(QuillFormats.Strike) ? "~~" : null;
    }

    /// <summary>Whether a neighbour, if there is one, shows a space on this side and nothing else.</summary>
    private static bool IsSpace(IReadOnlyList<RichSpan> spans, int index, bool fromEnd)
    {
        if (index < 0 || index >= spans.Count)
            return true;
        var span = spans[index];
        return span.Embed is null && span.Attributes.Count == 0 && span.Text.Length > 1 && span.Text[fromEnd ? ^1 : 0] == ' ' && span.Text[fromEnd ? ^2 : 1] != ' ';
    }

    private static string Escape(string text, bool isFirst, bool isLast)
    {
        var escaped = new StringBuilder(text.Length + 8);
        for (var i = 0; i < text.Length; i++)
        {
            var character = text[i];
            var isAtEdge = (isFirst && i == 0) || (isLast && i == text.Length - 1);
            if (char.IsControl(character) || (char.IsWhiteSpace(character) && isAtEdge))
                escaped.Append(CultureInfo.InvariantCulture, $"&#{(int)character};");
            else if (Escaped.Contains(character, StringComparison.Ordinal) || (isFirst && StartsBlock(text, i)) || (character is '!' && i == text.Length - 1))
                escaped.Append('\\').Append(character);
            else
                escaped.Append(character);
        }

        return escaped.ToString();
    }

    /// <summary>At the start of a line these begin a list, a rule or a header: <c>-</c>, <c>+</c>, <c>=</c>, <c>12.</c>, <c>12)</c>.</summary>
    private static bool StartsBlock(string text, int index) => text[index] switch
    {
        '-' or '+' or '=' => index == 0,
        '.' or ')' => index is > 0 and <= MaxNumber && text.AsSpan(0, index).IndexOfAnyExceptInRange('0', '9') < 0,
        _ => false,
    };

    private static string EscapeAddress(string address)
    {
        var escaped = new StringBuilder(address.Length);
        foreach (var character in address)
        {
            if (char.IsControl(character) || character is '<' or '>' or '\\' or '&')
                escaped.Append(CultureInfo.InvariantCulture, $"&#{(int)character};");
            else
                escaped.Append(character);
        }

        return escaped.ToString();
    }
}
