using System.Text;
using RealtimeCollab.OperationalTransform;
using RealtimeCollab.Server.Formats;

namespace RealtimeCollab.Server.Tests.Formats;

/// <summary>Draws documents as Quill makes them, with what Markdown can say and text that looks like Markdown and HTML.</summary>
internal sealed class RandomRichText(Random random)
{
    private static readonly string[] Pieces =
    [
        "a", "word", "two words", " ", "  ", "*", "**", "_", "`", "``", "~~", "#", "# ", "- ", "+ ", "1. ", "12) ", "> ", "[x]", "[a](b)", "![a](b)", "<b>",
        "</strong>", "<br>", "<script>alert(1)</script>", "&amp;", "&#32;", "\\", "\\*", "|", "=", "---", "===", "```", "    ", "\t", "é", "漢", "😀", "\"q\"", "(p)", ".", "!",
        "http://a.example", "\r", "\u00A0", "$x$", ":", "\v",
    ];

    private static readonly string[] Addresses = ["https://a.example/x?y=1&amp;z=2#f", "/relative (1)", "mailto:a@b.example", "https://a.example/<\\>\"'", "a b"];

    public Document Document()
    {
        var builder = new OperationBuilder();
        var depth = -1;
        for (var lines = random.Next(1, 9); lines > 0; lines--)
        {
            var line = Line(ref depth);
            var isCode = line.Has(QuillFormats.CodeBlock);
            for (var spans = random.Next(4); spans > 0; spans--)
                Span(builder, isCode);
            builder.Insert("\n", line);
        }

        return OperationalTransform.Document.Empty.Apply(builder.Build());
    }

    private AttributeMap Line(ref int depth)
    {
        var kind = random.Next(8);
        depth = kind is 2 or 3 ? Math.Min(depth + 1, random.Next(4)) : -1;
        return kind switch
        {
            0 => Map((QuillFormats.Header, random.Next(1, 7))),
            1 => Map((QuillFormats.Blockquote, true)),
            2 or 3 when depth > 0 => Map((QuillFormats.Indent, depth), (QuillFormats.List, ListKind())),
            2 or 3 => Map((QuillFormats.List, ListKind())),
            4 => Map((QuillFormats.CodeBlock, random.Next(2) == 0 ? true : "csharp")),
            _ => AttributeMap.Empty,
        };
    }

    private string ListKind() => new[] { "ordered", "bullet", "checked", "unchecked" }[random.Next(4)];

    private void Span(OperationBuilder builder, bool isCode)
    {
        if (isCode)
            builder.Insert(Text().Replace('\r', ' '));
        else if (random.Next(8) == 0)
            builder.InsertEmbed(QuillFormats.ToEmbed(QuillFormats.Image, "https://a.example/i (1).png"), random.Next(2) == 0 ? Map((QuillFormats.Alt, "a [picture] & \"more\"")) : null);
        else
            builder.Insert(Text(), Attributes());
    }

    private AttributeMap Attributes()
    {
        var drawn = new List<(string, AttributeValue)>();
        foreach (var name in new[] { QuillFormats.Bold, QuillFormats.Code, QuillFormats.Italic })
        {
            if (random.Next(4) == 0)
                drawn.Add((name, true));
        }

        if (random.Next(4) == 0)
            drawn.Add((QuillFormats.Link, Addresses[random.Next(Addresses.Length)]));
        if (random.Next(8) == 0)
            drawn.Add((QuillFormats.Script, random.Next(2) == 0 ? "sub" : "super"));
        if (random.Next(6) == 0)
            drawn.Add((QuillFormats.Strike, true));
        if (random.Next(6) == 0)
            drawn.Add((QuillFormats.Underline, true));
        return Map([.. drawn]);
    }

    private string Text()
    {
        var text = new StringBuilder();
        for (var pieces = random.Next(1, 5); pieces > 0; pieces--)
            text.Append(Pieces[random.Next(Pieces.Length)]);
        return text.ToString();
    }

    private static AttributeMap Map(params ReadOnlySpan<(string, AttributeValue)> entries) => AttributeMap.Create(entries);
}
