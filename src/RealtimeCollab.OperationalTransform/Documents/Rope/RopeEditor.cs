using System.Runtime.CompilerServices;

namespace RealtimeCollab.OperationalTransform.Rope;

/// <summary>
/// Edits a tree. A splice inside one leaf, which nearly all edits are, goes straight down: in place where the writer owns the nodes, else copying that
/// one path. Everything else splits and joins. What is refused is refused before anything changes.
/// </summary>
internal static class RopeEditor
{
    // Leaves are at least Minimum / 2 on average and branches hold at least 2: far more levels than 2^31 code units can need.
    private const int MaxHeight = 32;

    /// <summary>The tree after a splice.</summary>
    public static RopeNode Splice(object? owner, RopeNode root, in Splice splice)
    {
        if (TrySpliceLeaf(owner, root, splice, out var edited))
            return edited;

        CheckCut(root, splice.Position);
        CheckCut(root, splice.Position + splice.Deleted);
        var (left, rest) = RopeTree.Split(owner, root, splice.Position);
        var (_, right) = RopeTree.Split(owner, rest, splice.Deleted);
        if (splice.Text.IsEmpty)
            return RopeTree.Join(owner, left, right);

        var loader = new RopeLoader(owner);
        loader.Append(splice.Text, splice.Attributes, splice.Embed);
        return RopeTree.Join(owner, RopeTree.Join(owner, left, loader.ToRope()), right);
    }

    /// <summary>The tree after formatting a range.</summary>
    public static RopeNode Format(object? owner, RopeNode root, int position, int length, AttributeMap changes)
    {
        var (left, rest) = RopeTree.Split(owner, root, position);
        var (range, right) = RopeTree.Split(owner, rest, length);
        return RopeTree.Join(owner, RopeTree.Join(owner, left, RopeTree.Format(owner, range, changes)), right);
    }

    /// <summary>Refuses a boundary inside a surrogate pair. Pairs never lie across leaves.</summary>
    public static void CheckCut(RopeNode node, int position)
    {
        if (position == node.Length)
            return;

        var at = position;
        while (node is Branch branch)
            node = branch.Children[branch.Find(ref at)];

        if (Surrogates.IsCut(((Leaf)node).Text, at))
            throw Refusal.SplitSurrogate(position);
    }

    private static bool TrySpliceLeaf(object? owner, RopeNode root, in Splice splice, out RopeNode edited)
    {
        edited = root;
        Span<byte> path = stackalloc byte[MaxHeight];
        var leaf = FindLeaf(root, splice, path, out var at);
        var length = leaf.Length - splice.Deleted + splice.Text.Length;
        var tail = at + splice.Deleted;
        if (tail > leaf.Length || length > Leaf.Capacity || (length < Leaf.Minimum && root.Height > 0))
            return false;

        if (Surrogates.IsCut(leaf.Text, at) || Surrogates.IsCut(leaf.Text, tail))
            throw Refusal.SplitSurrogate(splice.Position);

        var lengthChange = splice.Text.Length - splice.Deleted;
        var lineFeedChange = splice.Text.Count('\n') - leaf.Text[at..tail].Count('\n');
        var weight = leaf.Weight;
        var changed = leaf.Splice(owner, splice.At(at), lineFeedChange);
        edited = root.Height == 0 ? changed : ReplaceLeaf(owner, (Branch)root, path, changed, lengthChange, lineFeedChange, changed.Weight - weight);
        return true;
    }

    private static Leaf FindLeaf(RopeNode node, in Splice splice, Span<byte> path, out int at)
    {
        at = splice.Position;
        while (node is Branch branch)
        {
            var index = splice.Deleted == 0 ? branch.FindGap(ref at) : branch.Find(ref at);
            path[node.Height - 1] = (byte)index;
            node = branch.Children[index];
        }

        return Unsafe.As<Leaf>(node);
    }

    private static Branch ReplaceLeaf(object? owner, Branch root, Span<byte> path, Leaf leaf, int lengthChange, int lineFeedChange, long weightChange)
    {
        root = root.Own(owner);
        var parent = root;
        for (var level = root.Height - 1; level > 0; level--)
        {
            var child = ((Branch)parent.Children[path[level]]).Own(owner);
            parent.Replace(path[level], child, lengthChange, lineFeedChange, weightChange);
            parent = child;
        }

        parent.Replace(path[0], leaf, lengthChange, lineFeedChange, weightChange);
        return root;
    }
}
