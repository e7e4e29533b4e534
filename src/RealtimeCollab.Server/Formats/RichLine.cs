using System.Text;
using RealtimeCollab.OperationalTransform;

namespace RealtimeCollab.Server.Formats;

/// <summary>A line of a document as editors show it: what stands in it, and what its line end says of it, as Quill has it.</summary>
/// <param name="Spans">Text and embeds with one set of attributes each; never empty text.</param>
/// <param name="Attributes">Of the line end; none for a last line that has no end.</param>
internal sealed record RichLine(IReadOnlyList<RichSpan> Spans, AttributeMap Attributes)
{
    /// <summary>The lines of a document, as they are asked for. What stands behind the last line end is a line if it is not empty.</summary>
    public static IEnumerable<RichLine> Of(Document document)
    {
        var lines = new List<RichLine>();
        var line = new Writer();
        for (var start = 0; start < document.Length;)
        {
            start = FilePieces.Visit(document, start, chunk => Add(line, chunk, lines));
            foreach (var ended in lines)
                yield return ended;
            lines.Clear();
        }

        if (!line.IsEmpty)
            yield return line.End(AttributeMap.Empty);
    }

    private static void Add(Writer line, DocumentChunk chunk, List<RichLine> ended)
    {
        if (chunk.Embed is { } embed)
        {
            line.Add(embed, chunk.Attributes);
            return;
        }

        var rest = chunk.Text;
        while (rest.IndexOf('\n') is >= 0 and var end)
        {
            line.Add(rest[..end], chunk.Attributes);
            ended.Add(line.End(chunk.Attributes));
            rest = rest[(end + 1)..];
        }

        line.Add(rest, chunk.Attributes);
    }

    /// <summary>A line as it comes. A chunk ends where the document's memory does, too: neighbours of one format are one span.</summary>
    private sealed class Writer
    {
        private readonly StringBuilder _text = new();
        private AttributeMap _attributes = AttributeMap.Empty;
        private List<RichSpan> _spans = [];

        public bool IsEmpty => _text.Length == 0 && _spans.Count == 0;

        public void Add(ReadOnlySpan<char> text, AttributeMap attributes)
        {
            if (!attributes.Equals(_attributes))
                EndSpan();
            _attributes = attributes;
            _text.Append(text);
        }

        public void Add(Embed embed, AttributeMap attributes)
        {
            EndSpan();
            _spans.Add(new RichSpan("", embed, attributes));
        }

        public RichLine End(AttributeMap attributes)
        {
            EndSpan();
            var line = new RichLine(_spans, attributes);
            _spans = [];
            return line;
        }

        private void EndSpan()
        {
            if (_text.Length == 0)
                return;
            _spans.Add(new RichSpan(_text.ToString(), Embed: null, _attributes));
            _text.Clear();
        }
    }
}

/// <summary>Text or an embed with its attributes.</summary>
internal sealed record RichSpan(string Text, Embed? Embed, AttributeMap Attributes);
