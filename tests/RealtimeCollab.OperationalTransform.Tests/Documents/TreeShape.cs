using RealtimeCollab.OperationalTransform.Rope;

namespace RealtimeCollab.OperationalTransform.Tests.Documents;

/// <summary>What every tree keeps to.</summary>
internal static class TreeShape
{
    public static void Check(RopeNode root)
    {
        Visit(root);
        var leaves = 0;
        foreach (var leaf in new LeafSequence(root, 0))
        {
            leaves++;
            Assert.True(leaf.Length > 0 || root.Height == 0, "An empty leaf.");
            Assert.False(leaf.Length > 0 && char.IsHighSurrogate(leaf.Text[^1]), "A pair across leaves.");
            Assert.Equal(leaf.Text.Count('\n'), leaf.LineFeeds);
            Assert.Equal(leaf.Length, leaf.Runs?.Sum(static run => run.Length) ?? leaf.Length);
        }

        // branches are at least a quarter full on the average, leaves an eighth: far from a list
        Assert.True(root.Height <= Math.Ceiling(Math.Log2(leaves + 1)) + 1, $"{leaves} leaves at height {root.Height}.");
        Assert.True(leaves <= (root.Length / (Leaf.Capacity / 8)) + 2, $"{leaves} leaves for {root.Length} code units.");
    }

    private static void Visit(RopeNode node)
    {
        if (node is not Branch branch)
            return;

        var children = branch.Children;
        Assert.Equal(node.Length, children.ToArray().Sum(static child => child.Length));
        Assert.Equal(node.LineFeeds, children.ToArray().Sum(static child => child.LineFeeds));
        Assert.Equal(node.Weight, children.ToArray().Sum(static child => child.Weight));
        foreach (var child in children)
        {
            Assert.Equal(node.Height - 1, child.Height);
            Visit(child);
        }
    }
}
