namespace RealtimeCollab.OperationalTransform.Rope;

/// <summary>The leaves of a tree in order, from the one that holds a position.</summary>
internal struct LeafEnumerator
{
    private readonly List<(Branch Branch, int Next)> _path;
    private RopeNode? _start;

    public LeafEnumerator(RopeNode root, int position)
    {
        _path = new List<(Branch, int)>(root.Height);
        Offset = position;
        var node = root;
        while (node is Branch branch)
        {
            var at = Offset;
            var index = branch.Find(ref at);
            Offset = at;
            _path.Add((branch, index + 1));
            node = branch.Children[index];
        }

        _start = node;
    }

    /// <summary>The leaf at hand.</summary>
    public Leaf Current { readonly get; private set; } = RopeTree.EmptyLeaf;

    /// <summary>Where in the first leaf the position lies; 0 in the others.</summary>
    public int Offset { readonly get; private set; }

    public bool MoveNext()
    {
        if (_start is Leaf first)
        {
            (Current, _start) = (first, null);
            return true;
        }

        Offset = 0;
        while (_path.Count > 0)
        {
            var (branch, next) = _path[^1];
            if (next == branch.Children.Length)
            {
                _path.RemoveAt(_path.Count - 1);
                continue;
            }

            _path[^1] = (branch, next + 1);
            if (branch.Children[next] is Leaf leaf)
            {
                Current = leaf;
                return true;
            }

            _path.Add(((Branch)branch.Children[next], 0));
        }

        return false;
    }
}

/// <summary>The leaves of a tree, for <c>foreach</c>.</summary>
internal readonly struct LeafSequence(RopeNode root, int position)
{
    public LeafEnumerator GetEnumerator() => new(root, position);
}
