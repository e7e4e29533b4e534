namespace RealtimeCollab.OperationalTransform;

/// <summary>
/// Operations of others that a step has yet to be carried over. They are composed as they come, those of few first, as a binary counter
/// carries: of n operations at most log n are left, and each was composed log n times.
/// </summary>
internal sealed class LaterOperations
{
    private readonly List<Part> _parts = [];

    /// <summary>How long a document is behind the last of them, in UTF-16 code units; null if there are none.</summary>
    public int? TargetLength => _parts.Count > 0 ? _parts[^1].Operation.TargetLength : null;

    public void Add(TextOperation operation) => Add(new Part(operation, Count: 1));

    /// <summary>
    /// Carries a step over all of them. The others' win: an undo must not take back formatting that somebody set on the same text since.
    /// </summary>
    /// <param name="step">The step.</param>
    /// <param name="below">Gets them as they are behind the step; null if nothing lies below it.</param>
    public TextOperation Carry(TextOperation step, LaterOperations? below)
    {
        foreach (var (operation, count) in _parts)
        {
            (step, var behind) = TextOperation.Transform(step, operation, TieBreak.B);
            below?.Add(new Part(behind, count));
        }

        _parts.Clear();
        return step;
    }

    private void Add(Part next)
    {
        while (_parts.Count > 0 && _parts[^1] is var last && last.Count <= next.Count)
        {
            _parts.RemoveAt(_parts.Count - 1);
            next = new Part(last.Operation.Compose(next.Operation), last.Count + next.Count);
        }

        _parts.Add(next);
    }

    /// <param name="Operation">The operation.</param>
    /// <param name="Count">Of how many it is composed.</param>
    private readonly record struct Part(TextOperation Operation, int Count);
}
