using RealtimeCollab.OperationalTransform;

namespace RealtimeCollab.Server.Formats;

/// <summary>A line of a document as editors show it: what stands in it, and what its line end says of it, as Quill has it.</summary>
/// <param name="Spans">Text and embeds with one set of attributes each; never empty text.</param>
/// <param name="Attributes">Of the line end; none for a last line that has no end.</param>
internal sealed record RichLine(IReadOnlyList<RichSpan> Spans, AttributeMap Attributes)
{
    /// <summary>The lines of a document. What stands behind the last line end is a line if it is not empty.</summary>
    public static IEnumerable<RichLine> Of(Document document)
    {
        var lines = new List<RichLine>();
        var spans = new List<RichSpan>();
        foreach (var chunk in document.Chunks)
        {
            if (chunk.Embed is { } embed)
            {
                spans.Add(new RichSpan("", embed, chunk.Attributes));
                continue;
            }

            var rest = chunk.Text;
            while (rest.IndexOf('\n') is >= 0 and var end)
            {
                Add(spans, rest[..end], chunk.Attributes);
                lines.Add(new RichLine(spans, chunk.Attributes));
                spans = [];
                rest = rest[(end + 1)..];
            }

            Add(spans, rest, chunk.Attributes);
        }

        if (spans.Count > 0)
            lines.Add(new RichLine(spans, AttributeMap.Empty));
        return lines;
    }

    /// <summary>A chunk ends where the document's memory does, too: neighbours of one format are one span.</summary>
    private static void Add(List<RichSpan> spans, ReadOnlySpan<char> text, AttributeMap attributes)
    {
        if (text.IsEmpty)
            return;
        if (spans.Count > 0 && spans[^1] is { Embed: null } last && last.Attributes.Equals(attributes))
            spans[^1] = last with { Text = string.Concat(last.Text, text) };
        else
            spans.Add(new RichSpan(text.ToString(), Embed: null, attributes));
    }
}

/// <summary>Text or an embed with its attributes.</summary>
internal sealed record RichSpan(string Text, Embed? Embed, AttributeMap Attributes);
