using Markdig.Parsers;
using Markdig.Syntax;
using RealtimeCollab.Sessions;

namespace RealtimeCollab.Server.Formats;

/// <summary>Stands before Markdig's parsers of blocks, opens none, and refuses one that would lie too deep: each line passes through all that are open.</summary>
internal sealed class MarkdownNesting : BlockParser
{
    /// <summary>Blocks within blocks; a list and its item are two.</summary>
    public const int MaxDepth = 100;

    public MarkdownNesting() => OpeningCharacters = ['>', '-', '+', '*', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9'];

    public override BlockState TryOpen(BlockProcessor processor)
    {
        ((MarkdownEffort)processor.Context!).Spend(MarkdownEffort.StepsForBlock);
        var depth = 0;
        for (var block = processor.CurrentContainer; block is not null; block = block.Parent)
            depth++;
        return depth <= MaxDepth ? BlockState.None : throw CollabException.InvalidRequest("The Markdown is nested too deeply.");
    }
}

/// <summary>Lists, whose items are asked about each line, the empty ones too.</summary>
internal sealed class CountedLists : ListBlockParser
{
    public override BlockState TryContinue(BlockProcessor processor, Block block)
    {
        ((MarkdownEffort)processor.Context!).Spend(1);
        return base.TryContinue(processor, block);
    }
}

/// <summary>
/// Paragraphs, at whose end, and at what may make a header of them, definitions of links are looked for; the rest is copied behind each. One that is
/// no paragraph in the end is looked for among its neighbours.
/// </summary>
internal sealed class CountedParagraphs : ParagraphBlockParser
{
    /// <summary>Neighbours that are looked at in the time of a step.</summary>
    private const int NeighboursForStep = 8;

    public override BlockState TryContinue(BlockProcessor processor, Block block)
    {
        if (processor.CurrentChar is '=' or '-')
            Spend(processor, block, block.Span.Length);
        return base.TryContinue(processor, block);
    }

    public override bool Close(BlockProcessor processor, Block block)
    {
        if (block is ParagraphBlock { Lines: { Count: > 0 and var lines } group } && group.Lines[0].Slice.AsSpan().TrimStart().StartsWith('['))
            Spend(processor, block, (long)lines * lines / 2);
        return base.Close(processor, block);
    }

    private static void Spend(BlockProcessor processor, Block block, long steps) =>
        ((MarkdownEffort)processor.Context!).Spend(steps + ((block.Parent?.Count ?? 0) / NeighboursForStep));
}
