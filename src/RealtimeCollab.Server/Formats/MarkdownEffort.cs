using Markdig;
using Markdig.Syntax;
using RealtimeCollab.Sessions;

namespace RealtimeCollab.Server.Formats;

/// <summary>
/// What reading one text may cost. Markdig looks through what is open and what is left of a paragraph again and again, which a text can be made
/// for; so what it may have to do is counted before it does it, in steps of some 20 nanoseconds.
/// </summary>
internal sealed class MarkdownEffort(CancellationToken cancellationToken) : MarkdownParserContext
{
    /// <summary>Steps for one text: about two seconds. A paragraph of some ten thousand marks takes them all, a book of usual ones a tenth.</summary>
    public const long Most = 100_000_000;

    /// <summary>A line, or a list's item or quote within it: what it becomes in memory is a thousand bytes.</summary>
    public const int StepsForBlock = 800;

    private const int StepsForMark = 100;

    private long _left = Most;
    private LeafBlock? _block;
    private int _delimiters;
    private int _brackets;

    /// <summary>Whether the definitions of links were looked at.</summary>
    public bool HasCutDefinitions { get; set; }

    /// <exception cref="CollabException"><see cref="CollabError.InvalidRequest"/>: the text costs too much.</exception>
    /// <exception cref="OperationCanceledException">Nobody waits for it any more.</exception>
    public void Spend(long steps)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _left -= steps;
        if (_left < 0)
            throw CollabException.InvalidRequest("The Markdown is too intricate: its paragraphs or lists have too many marks.");
    }

    /// <summary>Whatever stands behind a delimiter is found by going through all before it in its block that are open.</summary>
    /// <param name="block">Where the mark stands.</param>
    /// <param name="mark">The mark, and what follows.</param>
    public void SpendOnMark(LeafBlock block, (char First, char Next) mark)
    {
        if (!ReferenceEquals(_block, block))
            (_block, _delimiters, _brackets) = (block, 0, 0);
        switch (mark)
        {
            case ('*' or '_' or '~', _):
                _delimiters++;
                break;
            case ('[', _) or ('!', '['):
                _brackets++;
                break;
            case (']', _) when _brackets > 0:
                _brackets--;
                break;
        }

        Spend(StepsForMark + _delimiters + _brackets);
    }
}
