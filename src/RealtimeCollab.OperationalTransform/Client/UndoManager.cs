namespace RealtimeCollab.OperationalTransform;

/// <summary>
/// Undo and redo of one user's edits in a document that others edit too: it takes back only what this user did, carried over what came since. Tell it
/// of every change of the local document, in order. One thread at a time.
/// </summary>
/// <remarks>
/// Typing and deleting join into one step while they go on in one place without a pause. A step whose effect others have taken away meanwhile is skipped.
/// </remarks>
public sealed class UndoManager
{
    /// <summary>How many steps are kept unless said otherwise.</summary>
    public const int DefaultLimit = 200;

    private readonly TimeProvider _time;
    private readonly TimeSpan _pause;
    private readonly UndoStack _undo;
    private readonly UndoStack _redo;
    private EditKind _lastKind = EditKind.Other;
    private int _cursor;
    private long _lastTimestamp;

    /// <summary>Creates an empty history.</summary>
    /// <param name="time">Where the time between edits is taken from.</param>
    /// <param name="pause">A pause this long ends a step; 500 milliseconds if null.</param>
    /// <param name="limit">How many steps are kept, at least 1; the oldest go first.</param>
    public UndoManager(TimeProvider time, TimeSpan? pause = null, int limit = DefaultLimit)
    {
        ArgumentNullException.ThrowIfNull(time);
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        _time = time;
        _pause = pause ?? TimeSpan.FromMilliseconds(500);
        _undo = new UndoStack(limit);
        _redo = new UndoStack(limit);
    }

    /// <summary>Whether there is a step to undo.</summary>
    public bool CanUndo => _undo.HasEffect;

    /// <summary>Whether there is a step to redo.</summary>
    public bool CanRedo => _redo.HasEffect;

    /// <summary>The user edited. What could be redone is forgotten.</summary>
    /// <param name="operation">The edit.</param>
    /// <param name="before">The local document that it is made for.</param>
    /// <exception cref="OperationException">The edit does not fit the document.</exception>
    public void ApplyLocal(TextOperation operation, Document before)
    {
        ArgumentNullException.ThrowIfNull(operation);
        var inverse = operation.Invert(before);
        if (operation.IsNoop)
            return;

        var shape = EditShape.Of(operation);
        if (shape.Continues(_lastKind, _cursor) && _time.GetElapsedTime(_lastTimestamp) < _pause)
            _undo.ComposeOnTop(inverse);
        else
            _undo.Push(inverse);

        _redo.Clear();
        (_lastKind, _cursor, _lastTimestamp) = (shape.Kind, shape.Cursor, _time.GetTimestamp());
    }

    /// <summary>Somebody else edited.</summary>
    /// <param name="operation">The edit as it is applied to the local document.</param>
    /// <exception cref="OperationException">The edit does not fit the document.</exception>
    public void ApplyRemote(TextOperation operation)
    {
        ArgumentNullException.ThrowIfNull(operation);
        _undo.Transform(operation);
        _redo.Transform(operation);
        _cursor = SelectionRange.TransformPosition(_cursor, operation);
    }

    /// <summary>Ends the step: the next edit begins a new one. For a moved cursor, a lost focus, a save.</summary>
    public void EndStep() => _lastKind = EditKind.Other;

    /// <summary>Takes a step back.</summary>
    /// <param name="current">The local document.</param>
    /// <returns>What to apply to it as an edit of this user, without telling this manager; null if there is nothing to undo.</returns>
    public TextOperation? Undo(Document current) => Step(_undo, _redo, current);

    /// <summary>Takes an undo back.</summary>
    /// <param name="current">The local document.</param>
    /// <returns>What to apply to it as an edit of this user, without telling this manager; null if there is nothing to redo.</returns>
    public TextOperation? Redo(Document current) => Step(_redo, _undo, current);

    private TextOperation? Step(UndoStack from, UndoStack to, Document current)
    {
        ArgumentNullException.ThrowIfNull(current);
        var operation = from.Peek();
        if (operation is not null)
        {
            to.Push(operation.Invert(current));
            from.Pop();
        }

        EndStep();
        return operation;
    }
}
