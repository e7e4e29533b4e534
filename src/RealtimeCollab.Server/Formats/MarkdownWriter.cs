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
    private readonly StringBuilder _code = new();
    private string? _block;
    private int _listDepth;
    private string? _language;
    private int _ticks;

    /// <summary>The file, piece by piece.</summary>
    public static IEnumerable<string> Write(Document document)
    {
        var writer = new MarkdownWriter();
        foreach (var line in RichLine.Of(document))
        {
            if (FilePieces.Take(writer._text, FilePieces.Length) is { } piece)
                yield return piece;
            var language = line.Attributes.Has(QuillFormats.CodeBlock) ? LanguageOf(line) : null;
            if (writer._language != language)
                writer.EndCode();
            if (language is null)
                writer.WriteLine(line);
            else
                writer.WriteCode(line, language);
        }

        writer.EndCode();
        yield return writer._text.ToString();
    }

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

    private void WriteCode(RichLine line, string language)
    {
        _language = language;
        var start = _code.Length;
        foreach (var span in line.Spans)
            _code.Append(span.Text);
        _ticks = Math.Max(_ticks, MarkdownSpans.LongestRunOfTicks(_code.ToString(start, _code.Length - start)));
        _code.Append('\n');
    }

    /// <summary>The fence is longer than what looks like one in the code, so it is known at the end.</summary>
    private void EndCode()
    {
        if (_language is null)
            return;
        var fence = new string('`', Math.Max(3, _ticks + 1));
        Begin("code", together: false).Append(fence).Append(_language).Append('\n').Append(_code).Append(fence).Append('\n');
        _code.Clear();
        (_language, _ticks) = (null, 0);
    }

    /// <summary>Blocks are apart by an empty line.</summary>
    private StringBuilder Begin(string block, bool together)
    {
        if (_block is not null && !(together && _block == block))
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
