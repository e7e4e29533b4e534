using System.Runtime.CompilerServices;

namespace RealtimeCollab.OperationalTransform.Rope;

/// <summary>Up to <see cref="Capacity"/> UTF-16 code units, in the object itself. No surrogate pair lies across two leaves.</summary>
internal sealed class Leaf : RopeNode
{
    /// <summary>The most it holds. docs/decisions tells how it was chosen.</summary>
    public const int Capacity = 128;

    /// <summary>Where leaves smaller than this stand beside others, they are evened out.</summary>
    public const int Minimum = Capacity / 4;

    /// <summary>How full the leaves of a document are when it is loaded, so that the first edits find room.</summary>
    public const int LoadedLength = Capacity / 4 * 3;

    private Chars _chars;

    /// <summary>The runs; null if all is plain.</summary>
    public Run[]? Runs;

    /// <summary>Counted when it is asked for: nearly all leaves have no runs.</summary>
    public override long Weight => Runs is null ? 0 : RunList.Weigh(Runs);

    public ReadOnlySpan<char> Text => ((ReadOnlySpan<char>)_chars)[..Length];

    /// <summary>A leaf of two pieces of text that lie side by side, either of which may be empty.</summary>
    public static Leaf Of(object? owner, ReadOnlySpan<char> left, ReadOnlySpan<char> right, Run[]? runs)
    {
        var leaf = new Leaf { Owner = owner, Length = left.Length + right.Length, Runs = runs };
        Span<char> chars = leaf._chars;
        left.CopyTo(chars);
        right.CopyTo(chars[left.Length..]);
        leaf.LineFeeds = leaf.Text.Count('\n');
        return leaf;
    }

    public Leaf Slice(object? owner, int start, int length) =>
        length == Length ? this : Of(owner, Text.Slice(start, length), default, RunList.Slice(Runs, start, length));

    /// <summary>Replaces a part, in place if this writer owns the leaf, else in a copy.</summary>
    public Leaf Splice(object? owner, in Splice splice, int lineFeeds)
    {
        var (at, tail) = (splice.Position, splice.Position + splice.Deleted);
        var runs = Runs is null && splice.IsPlain ? null : SpliceRuns(splice);
        var leaf = IsOwnedBy(owner) ? this : new Leaf { Owner = owner };
        Span<char> target = leaf._chars;
        ReadOnlySpan<char> source = Text;

        // the tail first: within one leaf it moves over itself, which CopyTo allows
        source[tail..].CopyTo(target[(at + splice.Text.Length)..]);
        if (!ReferenceEquals(leaf, this))
            source[..at].CopyTo(target);

        splice.Text.CopyTo(target[at..]);
        leaf.Length = source.Length - splice.Deleted + splice.Text.Length;
        leaf.LineFeeds = LineFeeds + lineFeeds;
        leaf.Runs = runs;
        return leaf;
    }

    private Run[]? SpliceRuns(in Splice splice)
    {
        var tail = splice.Position + splice.Deleted;
        var (inserted, rest) = (splice.Text.Length, Length - tail);
        var head = RunList.Concat(
            RunList.Slice(Runs, 0, splice.Position), splice.Position, RunList.Of(inserted, splice.Attributes, splice.Embed), inserted);
        return RunList.Concat(head, splice.Position + inserted, RunList.Slice(Runs, tail, rest), rest);
    }

    [InlineArray(Capacity)]
    private struct Chars
    {
        private char _first;
    }
}
