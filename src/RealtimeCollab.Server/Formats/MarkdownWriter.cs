using System.Text;
using RealtimeCollab.OperationalTransform;

namespace RealtimeCollab.Server.Formats;

/// <summary>
/// Writes a document as CommonMark, with the strikethrough and task lists of GitHub. What is written is read by
/// <see cref="MarkdownReader"/> as it was; formats that Markdown has no way to say, such as colours, are left out.
/// </summary>
internal sealed class MarkdownWriter
{
    /// <summary>An empty line of the document: Markdown itself has none. A line of this character in the document is written as a number.</summary>
    public const string EmptyLine = "&nbsp;";

    private const int SpacesForIndent = 4;

    private readonly StringBuilder _text = new();
    private string? _block;
    private int _listDepth;

    public static string Write(Document document)
    {
        var writer = new MarkdownWriter();
        var code = new List<RichLine>();
        foreach (var line in RichLine.Of(document))
        {
            if (code.Count > 0 && !SameCode(code[^1], line))
                writer.WriteCode(code);
            if (line.Attributes.Has(QuillFormats.CodeBlock))
                code.Add(line);
            else
                writer.WriteLine(line);
        }

        writer.WriteCode(code);
        return writer._text.ToString();
    }

    private static bool SameCode(RichLine one, RichLine other) =>
        other.Attributes.Has(QuillFormats.CodeBlock) && LanguageOf(one) == LanguageOf(other);

    private void WriteLine(RichLine line)
    {
        var content = MarkdownSpans.Write(line);
        if (line.Attributes.HeaderLevel() is > 0 and var level)
            Begin("header", together: false).Append('#', level).Append(content.Length > 0 ? " " : "").Append(content).Append('\n');
        else if (line.Attributes.FindText(QuillFormats.List) is { } list)
            WriteItem(line, list, content);
        else if (line.Attributes.Has(QuillFormats.Blockquote))
            (_block == "quote" ? _text.Append(">\n") : Begin("quote", together: false)).Append("> ").Append(OrEmpty(content)).Append('\n');
        else
            Begin("paragraph", together: false).Append(OrEmpty(content)).Append('\n');
    }

    private void WriteItem(RichLine line, string list, string content)
    {
        // an item hangs on the one above it: it cannot lie more than one deeper
        _listDepth = Math.Min(line.Attributes.IndentLevel(), _block == "list" ? _listDepth + 1 : 0);
        var marker = list switch
        {
            "ordered" => "1. ",
            "checked" => "- [x] ",
            "unchecked" => "- [ ] ",
            _ => "- ",
        };
        Begin("list", together: true).Append(' ', _listDepth * SpacesForIndent).Append(marker).Append(OrEmpty(content)).Append('\n');
    }

    private void WriteCode(List<RichLine> lines)
    {
        if (lines.Count == 0)
            return;
        var texts = lines.ConvertAll(line => string.Concat(line.Spans.Select(span => span.Text)));
        var fence = new string('`', Math.Max(3, texts.Max(MarkdownSpans.LongestRunOfTicks) + 1));
        Begin("code", together: false).Append(fence).Append(LanguageOf(lines[0])).Append('\n');
        foreach (var text in texts)
            _text.Append(text).Append('\n');
        _text.Append(fence).Append('\n');
        lines.Clear();
    }

    /// <summary>Blocks are apart by an empty line.</summary>
    private StringBuilder Begin(string block, bool together)
    {
        if (_text.Length > 0 && !(together && _block == block))
            _text.Append('\n');
        _block = block;
        return _text;
    }

    private static string OrEmpty(string content) => content.Length > 0 ? content : EmptyLine;

    private static string LanguageOf(RichLine line) =>
        line.Attributes.FindText(QuillFormats.CodeBlock) is { } language && language.All(character => char.IsAsciiLetterOrDigit(character) || character is '+' or '#' or '-')
            ? language
            : "";
}
