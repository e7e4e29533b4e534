using RealtimeCollab.OperationalTransform.Rope;

namespace RealtimeCollab.OperationalTransform;

/// <content>Reading text, chunks and lines.</content>
public sealed partial class Document
{
    /// <summary>How many lines there are: one more than there are line feeds.</summary>
    public int LineCount => _root.LineFeeds + 1;

    /// <summary>
    /// The content from start to end, in pieces that lie in memory as they are; so a checksum or a network buffer takes a document of any size without
    /// a copy of it.
    /// </summary>
    public DocumentChunks Chunks => new(_root, 0, Length);

    /// <summary>
    /// A checksum of the content, attributes and embeds included: 16 lower-case hexadecimal digits, equal for equal content in every
    /// client and on every node (docs/protocol.md). O(n).
    /// </summary>
    public string ComputeHash() => ContentHash.Of(this);

    /// <summary>One UTF-16 code unit; <see cref="Embed.Placeholder"/> where an embed stands.</summary>
    /// <param name="position">0 to <see cref="Length"/> - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The position is not in the document.</exception>
    public char this[int position]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(position);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(position, Length);
            var leaf = RopeLines.FindLeaf(_root, ref position);
            return leaf.Text[position];
        }
    }

    /// <summary>A part of the content, in pieces.</summary>
    /// <param name="start">0 to <see cref="Length"/>.</param>
    /// <param name="length">How much, in UTF-16 code units.</param>
    /// <exception cref="ArgumentOutOfRangeException">The range is not in the document.</exception>
    public DocumentChunks GetChunks(int start, int length)
    {
        CheckRange(start, length);
        return new DocumentChunks(_root, start, length);
    }

    /// <summary>A part of the text, with <see cref="Embed.Placeholder"/> where an embed stands.</summary>
    /// <param name="start">0 to <see cref="Length"/>.</param>
    /// <param name="length">How much, in UTF-16 code units.</param>
    /// <exception cref="ArgumentOutOfRangeException">The range is not in the document.</exception>
    public string GetText(int start, int length)
    {
        CheckRange(start, length);
        return string.Create(length, (Document: this, Start: start), static (text, part) => part.Document.CopyTo(part.Start, text));
    }

    /// <summary>Copies text, with <see cref="Embed.Placeholder"/> where an embed stands, until the destination is full.</summary>
    /// <param name="start">0 to <see cref="Length"/>.</param>
    /// <param name="destination">As long as what is wanted.</param>
    /// <exception cref="ArgumentOutOfRangeException">The range is not in the document.</exception>
    public void CopyTo(int start, Span<char> destination)
    {
        CheckRange(start, destination.Length);
        foreach (var chunk in new DocumentChunks(_root, start, destination.Length))
        {
            chunk.Text.CopyTo(destination);
            destination = destination[chunk.Text.Length..];
        }
    }

    /// <summary>The line and column of a position. O(log n).</summary>
    /// <param name="position">0 to <see cref="Length"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The position is not in the document.</exception>
    public LinePosition GetLinePosition(int position)
    {
        CheckRange(position, 0);
        var line = RopeLines.CountLineFeeds(_root, position);
        return new LinePosition(line, position - RopeLines.FindLineStart(_root, line));
    }

    /// <summary>Where a line starts. O(log n).</summary>
    /// <param name="line">0 to <see cref="LineCount"/> - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such line.</exception>
    public int GetLineStart(int line)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(line);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(line, LineCount);
        return RopeLines.FindLineStart(_root, line);
    }

    /// <summary>The position of a line and column. O(log n).</summary>
    /// <param name="place">A line and a column in it; the column may be that of its line feed.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such place.</exception>
    public int GetPosition(LinePosition place)
    {
        var start = GetLineStart(place.Line);
        var end = place.Line + 1 < LineCount ? RopeLines.FindLineStart(_root, place.Line + 1) - 1 : Length;
        return place.Column >= 0 && place.Column <= end - start
            ? start + place.Column
            : throw new ArgumentOutOfRangeException(nameof(place), place, "The line has no such column.");
    }

    /// <summary>The text, with <see cref="Embed.Placeholder"/> where an embed stands.</summary>
    public override string ToString() => GetText(0, Length);

    private void CheckRange(int start, int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(start, Length - length);
    }
}
