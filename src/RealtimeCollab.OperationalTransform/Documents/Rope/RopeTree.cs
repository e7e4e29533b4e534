namespace RealtimeCollab.OperationalTransform.Rope;

/// <summary>
/// Split and join, from which every edit can be made, each in O(log n). After Boehm, Atkinson and Plass, "Ropes: an Alternative to Strings" (1995), on
/// a B-tree. Nothing here changes a node.
/// </summary>
internal static class RopeTree
{
    public static Leaf EmptyLeaf { get; } = new();

    /// <summary>What lies before and behind a position, which cuts no surrogate pair.</summary>
    public static (RopeNode Left, RopeNode Right) Split(object? owner, RopeNode node, int position)
    {
        if (position == 0)
            return (EmptyLeaf, node);
        if (position == node.Length)
            return (node, EmptyLeaf);
        if (node is Leaf leaf)
            return (leaf.Slice(owner, 0, position), leaf.Slice(owner, position, leaf.Length - position));

        var branch = (Branch)node;
        var index = branch.Find(ref position);
        var children = branch.Children;
        var (left, right) = Split(owner, children[index], position);
        var before = index == 0 ? left : Join(owner, Branch.Of(owner, children[..index]), left);
        var after = index == children.Length - 1 ? right : Join(owner, right, Branch.Of(owner, children[(index + 1)..]));
        return (before, after);
    }

    /// <summary>One behind the other.</summary>
    public static RopeNode Join(object? owner, RopeNode left, RopeNode right)
    {
        if (left.Length == 0)
            return right;
        if (right.Length == 0)
            return left;

        var (first, second) = Meet(owner, left, right);
        return second is null ? Collapse(first) : Branch.New(owner, [first, second]);
    }

    /// <summary>Formats all of a tree.</summary>
    public static RopeNode Format(object? owner, RopeNode node, AttributeMap changes)
    {
        if (node is Leaf leaf)
            return leaf.Length == 0 ? leaf : Leaf.Of(owner, leaf.Text, default, RunList.Format(leaf.Runs, leaf.Length, changes));

        var branch = (Branch)node;
        var formatted = new RopeNode[branch.Children.Length];
        for (var i = 0; i < formatted.Length; i++)
            formatted[i] = Format(owner, branch.Children[i], changes);

        return Branch.New(owner, formatted);
    }

    /// <summary>A root with one child is one level too many.</summary>
    private static RopeNode Collapse(RopeNode root)
    {
        while (root is Branch branch && branch.Children.Length == 1)
            root = branch.Children[0];

        return root;
    }

    /// <summary>Joins two trees into one node, or two of the same height; they merge where they meet, all the way down.</summary>
    private static (RopeNode First, RopeNode? Second) Meet(object? owner, RopeNode left, RopeNode right)
    {
        if (left is Leaf leftLeaf && right is Leaf rightLeaf)
            return MeetLeaves(owner, leftLeaf, rightLeaf);

        var height = Math.Max(left.Height, right.Height);
        var leftChildren = left.Height == height ? ((Branch)left).Children : default;
        var rightChildren = right.Height == height ? ((Branch)right).Children : default;
        var (first, second) = Meet(
            owner,
            leftChildren.IsEmpty ? left : leftChildren[^1],
            rightChildren.IsEmpty ? right : rightChildren[0]);

        var children = new RopeNode[(2 * Branch.Capacity) + 2];
        var count = 0;
        foreach (var child in leftChildren.IsEmpty ? default : leftChildren[..^1])
            children[count++] = child;

        children[count++] = first;
        if (second is not null)
            children[count++] = second;

        foreach (var child in rightChildren.IsEmpty ? default : rightChildren[1..])
            children[count++] = child;

        if (count <= Branch.Capacity)
            return (Branch.New(owner, children.AsSpan(0, count)), null);

        var half = count / 2;
        return (Branch.New(owner, children.AsSpan(0, half)), Branch.New(owner, children.AsSpan(half, count - half)));
    }

    private static (RopeNode First, RopeNode? Second) MeetLeaves(object? owner, Leaf left, Leaf right)
    {
        var total = left.Length + right.Length;
        if (total <= Leaf.Capacity)
            return (Leaf.Of(owner, left.Text, right.Text, RunList.Concat(left.Runs, left.Length, right.Runs, right.Length)), null);
        if (left.Length >= Leaf.Minimum && right.Length >= Leaf.Minimum)
            return (left, right);

        // even them out, with the cut moved off a surrogate pair
        var half = total / 2;
        if (left.Length > right.Length)
        {
            half -= Surrogates.IsCut(left.Text, half) ? 1 : 0;
            var moved = left.Slice(owner, half, left.Length - half);
            return (left.Slice(owner, 0, half), MeetLeaves(owner, moved, right).First);
        }
        else
        {
            var moving = half - left.Length;
            moving += Surrogates.IsCut(right.Text, moving) ? 1 : 0;
            var moved = right.Slice(owner, 0, moving);
            return (MeetLeaves(owner, left, moved).First, right.Slice(owner, moving, right.Length - moving));
        }
    }
}
