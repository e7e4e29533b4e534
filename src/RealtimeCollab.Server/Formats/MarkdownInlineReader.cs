using Markdig.Extensions.TaskLists;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using RealtimeCollab.OperationalTransform;
using RealtimeCollab.Sessions;

namespace RealtimeCollab.Server.Formats;

/// <summary>Reads what stands in a block; each break in it ends a line of the document.</summary>
internal sealed class MarkdownInlineReader(OperationBuilder document, AttributeMap line)
{
    public const string BreakTag = "<br>";

    /// <summary>UTF-16 code units of a picture's description that are kept.</summary>
    public const int MaxDescription = 1000;

    /// <summary>Emphasis within emphasis: there is no more than one of each kind that shows.</summary>
    private const int MaxDepth = 100;

    /// <summary>The formats that what is read now has.</summary>
    private readonly SortedDictionary<string, AttributeValue> _open = new(StringComparer.Ordinal);

    /// <summary>A break is a line end only if something follows it.</summary>
    private bool _isBroken;

    private int _depth;

    /// <summary>Whether a list's item is a task, and done.</summary>
    public static bool? FindTask(ListItemBlock item) =>
        item.FirstOrDefault() is ParagraphBlock { Inline.FirstChild: TaskList task } ? task.Checked : null;

    public void Read(ContainerInline? inlines)
    {
        if (inlines is not null)
            ReadAll(inlines);
        document.Insert("\n", line);
    }

    private void ReadAll(ContainerInline inlines)
    {
        if (++_depth > MaxDepth)
            throw CollabException.InvalidRequest("The Markdown is nested too deeply.");
        foreach (var inline in inlines)
            Read(inline);
        _depth--;
    }

    private void Read(Inline inline)
    {
        switch (inline)
        {
            case LiteralInline { PreviousSibling: TaskList } literal:
                Add(literal.Content.ToString().TrimStart(' '));
                break;
            case LiteralInline literal:
                Add(literal.Content.ToString());
                break;
            case HtmlEntityInline { NextSibling: null } entity when entity.Original.AsSpan().SequenceEqual(MarkdownWriter.EmptyLine) && IsFirst(entity):
                break;
            case HtmlEntityInline entity:
                Add(entity.Transcoded.ToString());
                break;
            case CodeInline code:
                Within(QuillFormats.Code, true, () => Add(code.Content));
                break;
            case EmphasisInline emphasis:
                Within(FormatOf(emphasis), true, () => ReadAll(emphasis));
                break;
            case LinkInline { IsImage: true } image:
                ReadImage(image);
                break;
            case LinkInline link:
                ReadLink(link.Url ?? "", () => ReadAll(link));
                break;
            case AutolinkInline auto:
                ReadLink(auto.IsEmail ? "mailto:" + auto.Url : auto.Url, () => Add(auto.Url));
                break;
            case LineBreakInline hard when hard.IsHard:
                Break();
                break;
            case LineBreakInline:
                Add(" ");
                break;
            case HtmlInline html:
                ReadTag(html.Tag);
                break;
            case ContainerInline container:
                ReadAll(container);
                break;
        }
    }

    /// <summary>Nothing stands before it but the box of a task.</summary>
    private static bool IsFirst(Inline inline) => inline.PreviousSibling switch
    {
        null or TaskList => true,
        LiteralInline { PreviousSibling: TaskList } literal => literal.Content.IsEmptyOrWhitespace(),
        _ => false,
    };

    private static string FormatOf(EmphasisInline emphasis) => emphasis.DelimiterChar switch
    {
        '~' => QuillFormats.Strike,
        _ => emphasis.DelimiterCount == 1 ? QuillFormats.Italic : QuillFormats.Bold,
    };

    private void ReadLink(string address, Action read)
    {
        if (SafeAddress.IsLink(address))
            Within(QuillFormats.Link, address, read);
        else
            read();
    }

    private void ReadImage(LinkInline image)
    {
        if (image.Url is not { } address || !SafeAddress.IsImage(address))
        {
            ReadAll(image);
            return;
        }

        var alt = string.Concat(image.Descendants().Select(inline => inline switch
        {
            LiteralInline literal => literal.Content.ToString(),
            HtmlEntityInline entity => entity.Transcoded.ToString(),
            _ => "",
        }));
        if (alt.Length > MaxDescription)
            alt = alt[..(char.IsHighSurrogate(alt[MaxDescription - 1]) ? MaxDescription - 1 : MaxDescription)];
        Within(alt.Length > 0 ? QuillFormats.Alt : null, alt, () =>
        {
            EndBreak();
            document.InsertEmbed(QuillFormats.ToEmbed(QuillFormats.Image, address), Attributes());
        });
    }

    /// <summary>The tags of <see cref="MarkdownSpans"/>; any other one is text.</summary>
    private void ReadTag(string tag)
    {
        (string? format, AttributeValue value) = tag.Trim('<', '>', '/') switch
        {
            "strong" => (QuillFormats.Bold, true),
            "em" => (QuillFormats.Italic, true),
            "s" => (QuillFormats.Strike, true),
            "u" => (QuillFormats.Underline, true),
            "code" => (QuillFormats.Code, true),
            "sub" => (QuillFormats.Script, "sub"),
            "sup" => (QuillFormats.Script, "super"),
            _ => ((string?)null, AttributeValue.Null),
        };
        if (format is null && tag == BreakTag)
            Break();
        else if (format is null)
            Add(tag);
        else if (tag.StartsWith("</", StringComparison.Ordinal))
            _open.Remove(format);
        else
            _open[format] = value;
    }

    private void Within(string? format, AttributeValue value, Action read)
    {
        if (format is null || !_open.TryAdd(format, value))
        {
            read();
            return;
        }

        read();
        _open.Remove(format);
    }

    private void Add(string text)
    {
        if (text.Length == 0)
            return;
        EndBreak();
        document.Insert(text.Replace('\n', ' '), Attributes());
    }

    private void Break()
    {
        EndBreak();
        _isBroken = true;
    }

    private void EndBreak()
    {
        if (_isBroken)
            document.Insert("\n", line);
        _isBroken = false;
    }

    private AttributeMap Attributes() => _open.Count == 0 ? AttributeMap.Empty : AttributeMap.Create([.. _open.Select(open => (open.Key, open.Value))]);
}
