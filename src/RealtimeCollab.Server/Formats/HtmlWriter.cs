using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using RealtimeCollab.OperationalTransform;

namespace RealtimeCollab.Server.Formats;

/// <summary>
/// Writes a document as a page of HTML that is well-formed XML too. All text is encoded, and attributes are made of known
/// values alone: nothing in a document can become markup, a style or a script.
/// </summary>
internal sealed class HtmlWriter
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    private readonly StringBuilder _html = new();
    private readonly Stack<string> _lists = new();
    private string? _group;

    /// <summary>The page, piece by piece.</summary>
    public static IEnumerable<string> Write(Document document, string title)
    {
        yield return $"<!DOCTYPE html>\n<html>\n<head>\n<meta charset=\"utf-8\" />\n<title>{Encode(title)}</title>\n</head>\n<body>\n";
        var writer = new HtmlWriter();
        foreach (var line in RichLine.Of(document))
        {
            writer.WriteLine(line);
            if (FilePieces.Take(writer._html, FilePieces.Length) is { } piece)
                yield return piece;
        }

        writer.Enter(null, listDepth: 0);
        yield return $"{writer._html}</body>\n</html>\n";
    }

    /// <summary>Text that is nothing but text; what no page may hold is shown as unreadable.</summary>
    public static string Encode(string text) => Encoder.Encode(string.Concat(text.Select(character =>
        (char.IsControl(character) && character is not ('\t' or '\n')) || character is '\uFFFE' or '\uFFFF' ? '\uFFFD' : character)));

    private void WriteLine(RichLine line)
    {
        if (line.Attributes.Has(QuillFormats.CodeBlock))
        {
            Enter("pre", listDepth: 0);
            _html.Append(Encode(string.Concat(line.Spans.Select(span => span.Text)))).Append('\n');
        }
        else if (line.Attributes.FindText(QuillFormats.List) is { } list && line.Attributes.HeaderLevel() == 0)
        {
            WriteItem(line, list);
        }
        else
        {
            var tag = line.Attributes.HeaderLevel() is > 0 and var level ? $"h{level}" : "p";
            Enter(line.Attributes.Has(QuillFormats.Blockquote) ? "blockquote" : null, listDepth: 0);
            _html.Append('<').Append(tag).Append(HtmlSpans.LineAttributes(line.Attributes)).Append('>');
            WriteContent(line);
            _html.Append("</").Append(tag).Append(">\n");
        }
    }

    private void WriteItem(RichLine line, string list)
    {
        Enter(null, line.Attributes.IndentLevel() + 1, list == "ordered" ? "ol" : "ul");
        _html.Append("<li").Append(HtmlSpans.LineAttributes(line.Attributes)).Append('>');
        if (list is "checked" or "unchecked")
            _html.Append("<input type=\"checkbox\" disabled=\"disabled\"").Append(list == "checked" ? " checked=\"checked\"" : "").Append(" /> ");
        WriteContent(line);
        _html.Append("</li>\n");
    }

    private void WriteContent(RichLine line)
    {
        if (line.Spans.Count == 0)
            _html.Append("<br />");
        foreach (var span in line.Spans)
            HtmlSpans.Write(_html, span);
    }

    /// <summary>Leaves what the line before was in, as far as this one is not in it too, and enters the rest.</summary>
    private void Enter(string? group, int listDepth, string list = "ul")
    {
        while (_lists.Count > listDepth || (_lists.Count == listDepth && listDepth > 0 && _lists.Peek() != list))
            _html.Append("</").Append(_lists.Pop()).Append(">\n");
        if (_group != group && _group is not null)
            _html.Append("</").Append(_group).Append(">\n");
        if (_group != group && group is not null)
            _html.Append('<').Append(group).Append(group == "pre" ? ">" : ">\n");
        _group = group;
        while (_lists.Count < listDepth)
        {
            _html.Append('<').Append(list).Append(">\n");
            _lists.Push(list);
        }
    }
}
