namespace RealtimeCollab.OperationalTransform.Rope;

/// <summary>Builds a tree from the start to the end, in O(n).</summary>
internal sealed class RopeLoader(object? owner)
{
    private readonly List<RopeNode> _leaves = [];
    private readonly char[] _text = new char[Leaf.LoadedLength];
    private Run[]? _runs;
    private int _length;

    public void Append(ReadOnlySpan<char> text, AttributeMap? attributes, Embed? embed)
    {
        while (!text.IsEmpty)
        {
            var taken = Math.Min(text.Length, _text.Length - _length);
            if (Surrogates.IsCut(text, taken))
                taken--;

            if (taken > 0)
            {
                _runs = RunList.Concat(_runs, _length, RunList.Of(taken, attributes, embed), taken);
                text[..taken].CopyTo(_text.AsSpan(_length));
                _length += taken;
                text = text[taken..];
            }

            if (!text.IsEmpty)
                CloseLeaf();
        }
    }

    public RopeNode ToRope()
    {
        if (_length > 0)
            CloseLeaf();
        if (_leaves.Count == 0)
            return RopeTree.EmptyLeaf;

        var level = _leaves.ToArray();
        while (level.Length > 1)
        {
            // as many branches as are needed, all about equally full
            var parents = new RopeNode[(level.Length + Branch.Capacity - 1) / Branch.Capacity];
            for (var i = 0; i < parents.Length; i++)
            {
                var from = (int)((long)level.Length * i / parents.Length);
                var to = (int)((long)level.Length * (i + 1) / parents.Length);
                parents[i] = Branch.New(owner, level.AsSpan(from, to - from));
            }

            level = parents;
        }

        return level[0];
    }

    private void CloseLeaf()
    {
        _leaves.Add(Leaf.Of(owner, _text.AsSpan(0, _length), default, _runs));
        (_runs, _length) = (null, 0);
    }
}
