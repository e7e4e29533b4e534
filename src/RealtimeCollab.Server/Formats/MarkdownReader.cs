using Markdig;
using Markdig.Extensions.EmphasisExtras;
using Markdig.Parsers;
using Markdig.Syntax;
using RealtimeCollab.OperationalTransform;
using RealtimeCollab.Sessions;

namespace RealtimeCollab.Server.Formats;

/// <summary>
/// Reads CommonMark, with the strikethrough and task lists of GitHub, into a document with Quill's formats. HTML is text here but for the few
/// tags that <see cref="MarkdownWriter"/> writes; addresses that run scripts are left out.
/// </summary>
internal sealed class MarkdownReader
{
    private static readonly MarkdownPipeline Pipeline = Build();

    private readonly OperationBuilder _document = new();

    /// <exception cref="CollabException"><see cref="CollabError.InvalidRequest"/>: it is nested too deeply, or costs more than <see cref="MarkdownEffort.Most"/>.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static TextOperation Read(string markdown, CancellationToken cancellationToken)
    {
        var effort = new MarkdownEffort(cancellationToken);
        effort.Spend((long)Math.Max(markdown.AsSpan().Count('\n'), markdown.AsSpan().Count('\r')) * MarkdownEffort.StepsForBlock);
        MarkdownDocument parsed;
        try
        {
            parsed = Markdown.Parse(markdown, Pipeline, effort);
        }
        catch (ArgumentException)
        {
            throw CollabException.InvalidRequest("The Markdown is nested too deeply.");
        }

        var reader = new MarkdownReader();
        reader.ReadAll(parsed, BlockContext.Top);
        return reader._document.Build();
    }

    private static MarkdownPipeline Build()
    {
        var builder = new MarkdownPipelineBuilder().UseEmphasisExtras(EmphasisExtraOptions.Strikethrough).UseTaskLists();
        builder.BlockParsers.Insert(0, new MarkdownNesting());
        builder.BlockParsers.Replace<ListBlockParser>(new CountedLists());
        builder.BlockParsers.Replace<ParagraphBlockParser>(new CountedParagraphs());
        builder.InlineParsers.Insert(0, new MarkdownMarks());
        return builder.Build();
    }

    private void ReadAll(ContainerBlock blocks, BlockContext context)
    {
        foreach (var block in blocks)
            Read(block, context);
    }

    private void Read(Block block, BlockContext context)
    {
        switch (block)
        {
            case HeadingBlock heading:
                ReadText(heading, Line((QuillFormats.Header, heading.Level)));
                break;
            case ParagraphBlock paragraph:
                ReadText(paragraph, context.Line);
                break;
            case QuoteBlock quote:
                ReadAll(quote, context with { IsQuote = true });
                break;
            case ListBlock list:
                foreach (var item in list)
                    ReadItem((ListItemBlock)item, list.IsOrdered, context);
                break;
            case CodeBlock code:
                ReadCode(code);
                break;
            case HtmlBlock html:
                ReadLines(html, context.Line);
                break;
            case ThematicBreakBlock:
                _document.Insert("---\n");
                break;
            case ContainerBlock other when block is not LinkReferenceDefinitionGroup:
                ReadAll(other, context);
                break;
        }
    }

    private void ReadItem(ListItemBlock item, bool isOrdered, BlockContext context)
    {
        var kind = isOrdered ? "ordered" : MarkdownInlineReader.FindTask(item) switch
        {
            true => "checked",
            false => "unchecked",
            null => "bullet",
        };
        var line = context.Depth == 0
            ? Line((QuillFormats.List, kind))
            : Line((QuillFormats.Indent, context.Depth), (QuillFormats.List, kind));
        var rest = item.AsEnumerable();
        switch (item.FirstOrDefault())
        {
            case ParagraphBlock paragraph:
                ReadText(paragraph, line);
                rest = rest.Skip(1);
                break;
            case HtmlBlock html:
                ReadLines(html, line);
                rest = rest.Skip(1);
                break;
            default:
                _document.Insert("\n", line);
                break;
        }

        foreach (var block in rest)
            Read(block, context with { Depth = context.Depth + 1 });
    }

    private void ReadText(LeafBlock block, AttributeMap line) => new MarkdownInlineReader(_document, line).Read(block.Inline);

    private void ReadCode(CodeBlock code)
    {
        var language = (code as FencedCodeBlock)?.Info;
        var line = string.IsNullOrEmpty(language) || language.Length > 64 ? Line((QuillFormats.CodeBlock, true)) : Line((QuillFormats.CodeBlock, language));
        ReadLines(code, line);
    }

    private void ReadLines(LeafBlock block, AttributeMap line)
    {
        for (var i = 0; i < block.Lines.Count; i++)
        {
            var text = block.Lines.Lines[i].Slice.ToString();
            if (text.Length > 0 && !(block is HtmlBlock && text == MarkdownInlineReader.BreakTag))
                _document.Insert(text);
            _document.Insert("\n", line);
        }
    }

    private static AttributeMap Line(params ReadOnlySpan<(string Name, AttributeValue Value)> attributes) => AttributeMap.Create(attributes);

    /// <summary>Where a block lies.</summary>
    private sealed record BlockContext(bool IsQuote, int Depth)
    {
        public static readonly BlockContext Top = new(IsQuote: false, Depth: 0);

        /// <summary>The format of lines that have none of their own.</summary>
        public AttributeMap Line => IsQuote ? MarkdownReader.Line((QuillFormats.Blockquote, true)) : AttributeMap.Empty;
    }
}
