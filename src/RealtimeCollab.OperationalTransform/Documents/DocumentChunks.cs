using RealtimeCollab.OperationalTransform.Rope;

namespace RealtimeCollab.OperationalTransform;

/// <summary>The pieces of a document, or of a part of it, for <c>foreach</c>.</summary>
public readonly ref struct DocumentChunks
{
    private readonly RopeNode _root;
    private readonly int _start;
    private readonly int _length;

    internal DocumentChunks(RopeNode root, int start, int length) => (_root, _start, _length) = (root, start, length);

    /// <summary>Starts from the first piece.</summary>
    public Enumerator GetEnumerator() => new(_root, _start, _length);

    /// <summary>Walks the pieces.</summary>
    public ref struct Enumerator
    {
        private LeafEnumerator _leaves;
        private int _left;
        private int _offset;
        private int _run;
        private int _runStart;
        private Leaf _leaf;

        internal Enumerator(RopeNode root, int start, int length)
        {
            _leaves = new LeafEnumerator(root, start);
            _left = length;
            _leaf = RopeTree.EmptyLeaf;
        }

        /// <summary>The piece at hand.</summary>
        public DocumentChunk Current { get; private set; }

        /// <summary>Moves to the next piece.</summary>
        /// <returns>Whether there is one.</returns>
        public bool MoveNext()
        {
            if (_left == 0)
                return false;

            while (_offset == _leaf.Length)
            {
                if (!_leaves.MoveNext())
                    return false;

                (_leaf, _offset, _run, _runStart) = (_leaves.Current, _leaves.Offset, 0, 0);
            }

            var run = CurrentRun();
            var length = Math.Min(_left, _runStart + run.Length - _offset);
            Current = new DocumentChunk(_leaf.Text.Slice(_offset, length), run.Attributes, run.Embed);
            _offset += length;
            _left -= length;
            return true;
        }

        private Run CurrentRun()
        {
            if (_leaf.Runs is not { } runs)
                return new Run(_leaf.Length, null, null);

            while (_runStart + runs[_run].Length <= _offset)
                _runStart += runs[_run++].Length;

            return runs[_run];
        }
    }
}
