using System.Text;
using System.Text.RegularExpressions;
using RealtimeCollab.OperationalTransform;

namespace RealtimeCollab.Server.Formats;

/// <summary>Writes what stands in a line of HTML.</summary>
internal static partial class HtmlSpans
{
    private static readonly (string Format, string Tag)[] Tags =
    [
        (QuillFormats.Bold, "strong"), (QuillFormats.Italic, "em"), (QuillFormats.Underline, "u"), (QuillFormats.Strike, "s"), (QuillFormats.Code, "code"),
    ];

    private static readonly string[] Alignments = ["center", "right", "justify"];

    public static void Write(StringBuilder html, RichSpan span)
    {
        var open = new Stack<string>();
        if (span.Attributes.FindText(QuillFormats.Link) is { } link && SafeAddress.IsLink(link))
            Open("a", $" href=\"{HtmlWriter.Encode(link)}\" rel=\"noopener noreferrer nofollow\"");
        foreach (var (format, tag) in Tags)
        {
            if (span.Attributes.Has(format))
                Open(tag);
        }

        if (span.Attributes.FindText(QuillFormats.Script) is "sub" or "super")
            Open(span.Attributes.FindText(QuillFormats.Script) == "sub" ? "sub" : "sup");
        if (StyleOf(span.Attributes) is { Length: > 0 } style)
            Open("span", $" style=\"{style}\"");
        html.Append(span.Embed is null ? HtmlWriter.Encode(span.Text) : Show(span.Embed, span.Attributes));
        while (open.TryPop(out var tag))
            html.Append("</").Append(tag).Append('>');

        void Open(string tag, string attributes = "")
        {
            html.Append('<').Append(tag).Append(attributes).Append('>');
            open.Push(tag);
        }
    }

    /// <summary>Alignment and direction.</summary>
    public static string LineAttributes(AttributeMap attributes)
    {
        var direction = attributes.FindText("direction") == "rtl" ? " dir=\"rtl\"" : "";
        return attributes.FindText("align") is { } align && Alignments.Contains(align, StringComparer.Ordinal)
            ? $"{direction} style=\"text-align: {align}\""
            : direction;
    }

    private static string Show(Embed embed, AttributeMap attributes)
    {
        if (embed.FindText(QuillFormats.Image) is { } image && SafeAddress.IsImage(image))
            return $"<img src=\"{HtmlWriter.Encode(image)}\" alt=\"{HtmlWriter.Encode(attributes.FindText(QuillFormats.Alt) ?? "")}\" />";
        if (embed.FindText(QuillFormats.Video) is { } video && SafeAddress.IsLink(video))
            return $"<a href=\"{HtmlWriter.Encode(video)}\" rel=\"noopener noreferrer nofollow\">{HtmlWriter.Encode(video)}</a>";
        return embed.FindText(QuillFormats.Formula) is { } formula ? $"<code>{HtmlWriter.Encode(formula)}</code>" : "";
    }

    private static string StyleOf(AttributeMap attributes)
    {
        var color = attributes.FindText("color") is { } front && Color().IsMatch(front) ? $"color: {front};" : "";
        var background = attributes.FindText("background") is { } back && Color().IsMatch(back) ? $"background-color: {back};" : "";
        return color + background;
    }

    /// <summary>The colours that Quill writes: a name, or digits after <c>#</c> or in <c>rgb()</c>.</summary>
    [GeneratedRegex("^(#[0-9a-fA-F]{3,8}|[a-zA-Z]{1,32}|rgba?\\([0-9., %]{1,40}\\))\\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Color();
}
