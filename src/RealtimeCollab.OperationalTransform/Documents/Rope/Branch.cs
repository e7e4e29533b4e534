using System.Runtime.CompilerServices;

namespace RealtimeCollab.OperationalTransform.Rope;

/// <summary>Up to <see cref="Capacity"/> nodes of one height, with their lengths beside them, so that finding a position touches one node per level.</summary>
internal sealed class Branch : RopeNode
{
    /// <summary>The most children it has. docs/decisions tells how it was chosen.</summary>
    public const int Capacity = 8;

    private Nodes _children;
    private Lengths _lengths;
    private int _count;
    private long _weight;

    public override long Weight => _weight;

    public ReadOnlySpan<RopeNode> Children => ((ReadOnlySpan<RopeNode>)_children)[.._count];

    /// <summary>A branch of these, or the only one of them.</summary>
    public static RopeNode Of(object? owner, ReadOnlySpan<RopeNode> children)
    {
        if (children.Length == 1)
            return children[0];

        return New(owner, children);
    }

    /// <summary>A branch of these, even if it is only one.</summary>
    public static Branch New(object? owner, ReadOnlySpan<RopeNode> children)
    {
        var branch = new Branch { Owner = owner, Height = children[0].Height + 1, _count = children.Length };
        children.CopyTo(branch._children);
        for (var i = 0; i < children.Length; i++)
        {
            branch._lengths[i] = children[i].Length;
            branch.Length += children[i].Length;
            branch.LineFeeds += children[i].LineFeeds;
            branch._weight += children[i].Weight;
        }

        return branch;
    }

    /// <summary>The index of the child that holds the code unit at a position, which becomes the position inside it; the end belongs to the last.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Find(ref int position)
    {
        var index = 0;
        while (index < _count - 1 && position >= _lengths[index])
            position -= _lengths[index++];

        return index;
    }

    /// <summary>The index of the child that an insert at a position goes to: where two meet, the left one, to which typing adds.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int FindGap(ref int position)
    {
        var index = 0;
        while (index < _count - 1 && position > _lengths[index])
            position -= _lengths[index++];

        return index;
    }

    /// <summary>This branch if the writer owns it, else a copy that he owns.</summary>
    public Branch Own(object? owner)
    {
        if (IsOwnedBy(owner))
            return this;

        return new Branch
        {
            Owner = owner, Length = Length, LineFeeds = LineFeeds, Height = Height, _children = _children, _lengths = _lengths, _count = _count, _weight = _weight,
        };
    }

    /// <summary>Puts another node in a child's place. Only on an owned branch.</summary>
    public void Replace(int index, RopeNode child, int lengthChange, int lineFeedChange, long weightChange)
    {
        _children[index] = child;
        _lengths[index] += lengthChange;
        Length += lengthChange;
        LineFeeds += lineFeedChange;
        _weight += weightChange;
    }

    [InlineArray(Capacity)]
    private struct Nodes
    {
        private RopeNode _first;
    }

    [InlineArray(Capacity)]
    private struct Lengths
    {
        private int _first;
    }
}
