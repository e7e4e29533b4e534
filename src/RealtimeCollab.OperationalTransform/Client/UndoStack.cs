namespace RealtimeCollab.OperationalTransform;

/// <summary>
/// Operations to come, the last on top: the top one is made for the document as it is, each other one for the document as the one above it will
/// leave it. A step is carried over what others did only when it is on top and asked for.
/// </summary>
internal sealed class UndoStack(int limit)
{
    // the top is at the end; dropping the oldest is rare and moves at most limit references
    private readonly List<Step> _steps = [];

    /// <summary>Whether any operation in it would do something.</summary>
    public bool HasEffect
    {
        get
        {
            DropNoops();
            return _steps.Count > 0;
        }
    }

    public void Push(TextOperation operation)
    {
        if (_steps.Count == limit)
            _steps.RemoveAt(0);

        _steps.Add(new Step(operation));
    }

    /// <summary>Puts an operation in front of the top one, so that both are one step; pushes it if there is none.</summary>
    public void ComposeOnTop(TextOperation operation)
    {
        if (Top() is { } top)
            top.Operation = operation.Compose(top.Operation);
        else
            Push(operation);
    }

    /// <summary>The top operation that does something.</summary>
    public TextOperation? Peek()
    {
        DropNoops();
        return _steps.Count > 0 ? _steps[^1].Operation : null;
    }

    public void Pop() => _steps.RemoveAt(_steps.Count - 1);

    public void Clear() => _steps.Clear();

    /// <summary>Somebody else's operation was applied to the document.</summary>
    /// <exception cref="OperationException">It is for another document.</exception>
    public void Transform(TextOperation remote)
    {
        if (_steps.Count == 0)
            return;

        var top = _steps[^1];
        var length = top.Later.TargetLength ?? top.Operation.BaseLength;
        if (remote.BaseLength != length)
            throw Refusal.BaseLength("The operation", remote.BaseLength, length);

        top.Later.Add(remote);
    }

    /// <summary>The top step, for the document as it is.</summary>
    private Step? Top()
    {
        if (_steps.Count == 0)
            return null;

        var top = _steps[^1];
        top.Operation = top.Later.Carry(top.Operation, _steps.Count > 1 ? _steps[^2].Later : null);
        return top;
    }

    /// <summary>What others have already undone, or deleted, is no step: the user would press a key and see nothing.</summary>
    private void DropNoops()
    {
        while (Top() is { Operation.IsNoop: true })
            Pop();
    }

    private sealed class Step(TextOperation operation)
    {
        public TextOperation Operation { get; set; } = operation;

        public LaterOperations Later { get; } = new();
    }
}
