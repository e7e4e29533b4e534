namespace RealtimeCollab.OperationalTransform.Rope;

/// <summary>Finds positions and lines by walking down one path.</summary>
internal static class RopeLines
{
    /// <summary>The leaf that holds a position, which becomes the position inside it.</summary>
    public static Leaf FindLeaf(RopeNode node, ref int position)
    {
        while (node is Branch branch)
            node = branch.Children[branch.Find(ref position)];

        return (Leaf)node;
    }

    /// <summary>How many line feeds lie before a position.</summary>
    public static int CountLineFeeds(RopeNode node, int position)
    {
        var count = 0;
        while (node is Branch branch)
        {
            var index = branch.Find(ref position);
            foreach (var child in branch.Children[..index])
                count += child.LineFeeds;

            node = branch.Children[index];
        }

        return count + ((Leaf)node).Text[..position].Count('\n');
    }

    /// <summary>The position behind the given number of line feeds, which the tree holds.</summary>
    public static int FindLineStart(RopeNode node, int lineFeeds)
    {
        if (lineFeeds == 0)
            return 0;

        var position = 0;
        while (node is Branch branch)
        {
            foreach (var child in branch.Children)
            {
                node = child;
                if (lineFeeds <= child.LineFeeds)
                    break;

                lineFeeds -= child.LineFeeds;
                position += child.Length;
            }
        }

        var text = ((Leaf)node).Text;
        var at = 0;
        for (; lineFeeds > 0; lineFeeds--)
            at += text[at..].IndexOf('\n') + 1;

        return position + at;
    }
}
