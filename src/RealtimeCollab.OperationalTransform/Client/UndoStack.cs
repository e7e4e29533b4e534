namespace RealtimeCollab.OperationalTransform;

/// <summary>
/// Operations to come, the last on top: the top one is made for the document as it is, each other one for the document as the one above it will
/// leave it.
/// </summary>
internal sealed class UndoStack(int limit)
{
    // the top is at the end; dropping the oldest is rare and moves at most limit references
    private readonly List<TextOperation> _operations = [];

    /// <summary>Whether any operation in it would do something.</summary>
    public bool HasEffect
    {
        get
        {
            DropNoops();
            return _operations.Count > 0;
        }
    }

    public void Push(TextOperation operation)
    {
        if (_operations.Count == limit)
            _operations.RemoveAt(0);

        _operations.Add(operation);
    }

    /// <summary>Puts an operation in front of the top one, so that both are one step; pushes it if there is none.</summary>
    public void ComposeOnTop(TextOperation operation)
    {
        if (_operations.Count == 0)
            Push(operation);
        else
            _operations[^1] = operation.Compose(_operations[^1]);
    }

    /// <summary>Takes the top operation that does something.</summary>
    public TextOperation? Pop()
    {
        DropNoops();
        if (_operations.Count == 0)
            return null;

        var top = _operations[^1];
        _operations.RemoveAt(_operations.Count - 1);
        return top;
    }

    public void Clear() => _operations.Clear();

    /// <summary>
    /// Carries all over an operation that somebody else made: the top one as it is, each other one over what the ones above leave of it. The other's wins:
    /// an undo must not take back formatting that somebody set on the same text since.
    /// </summary>
    public void Transform(TextOperation remote)
    {
        for (var i = _operations.Count - 1; i >= 0; i--)
            (_operations[i], remote) = TextOperation.Transform(_operations[i], remote, TieBreak.B);
    }

    /// <summary>What others have already undone, or deleted, is no step: the user would press a key and see nothing.</summary>
    private void DropNoops()
    {
        while (_operations.Count > 0 && _operations[^1].IsNoop)
            _operations.RemoveAt(_operations.Count - 1);
    }
}
