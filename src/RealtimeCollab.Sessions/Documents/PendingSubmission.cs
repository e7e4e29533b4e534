using RealtimeCollab.OperationalTransform;
using RealtimeCollab.Sessions.Storage;
using RealtimeCollab.Sessions.Telemetry;

namespace RealtimeCollab.Sessions.Documents;

/// <summary>
/// A submission on its way: <see cref="Operation"/> is what it has become after being moved over all that was committed up to
/// <see cref="Revision"/>. Touched by one thread at a time: the turn, or the catch-up that took it out of the turn.
/// </summary>
internal sealed class PendingSubmission(Submission submission, WaitingSubmissions waiting)
{
    // whoever waits goes on elsewhere: what an application does after its submission must not hold the turn
    private readonly TaskCompletionSource<long> _committed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Submission Submission { get; } = submission;

    public TextOperation Operation { get; private set; } = submission.Operation;

    public Selection? Selection { get; private set; } = submission.Selection;

    /// <summary>The place of <see cref="Selection"/> among those that the members sent.</summary>
    public long SelectionOrder { get; set; }

    public long Revision { get; private set; } = submission.BaseRevision;

    /// <summary>When it came, if somebody measures that; of the clock's timestamps.</summary>
    public long? Since { get; init; }

    /// <summary>The base length of the operation was compared with the document's at its base revision.</summary>
    public bool IsChecked { get; private set; }

    /// <summary>Why it must not be committed, as it was when this turn asked; null: it may.</summary>
    public CollabException? Denial { get; set; }

    /// <summary>The revision with which it was committed; fails with the refusal.</summary>
    public Task<long> Committed => _committed.Task;

    /// <summary>Completes an operation that ends early, once the document's length at its base revision is known.</summary>
    /// <exception cref="OperationException">It reaches past the end.</exception>
    public void CheckAgainst(int baseLength)
    {
        Operation = Operation.CompleteTo(baseLength);
        IsChecked = true;
    }

    /// <summary>Moves the operation over the next committed one; false if that is itself, sent before.</summary>
    public bool TryMoveOver(LogEntry entry)
    {
        if (IsSameAs(entry))
            return false;
        (Operation, Selection) = TransformService.MoveOver(Operation, Selection, entry.Operation);
        Revision = entry.Revision;
        return true;
    }

    /// <summary>The entry is this submission, committed when it was sent before.</summary>
    public bool IsSameAs(LogEntry entry) =>
        string.Equals(entry.OperationId, Submission.OperationId, StringComparison.Ordinal)
        && string.Equals(entry.UserId, Submission.UserId, StringComparison.Ordinal);

    public void Commit(long revision)
    {
        if (_committed.TrySetResult(revision))
            waiting.Answered(this, SubmissionOutcome.Committed);
    }

    /// <summary>It was found in the log, committed when it was sent before.</summary>
    public void Repeat(long revision)
    {
        if (_committed.TrySetResult(revision))
            waiting.Answered(this, SubmissionOutcome.Repeated);
    }

    public void Refuse(CollabException reason)
    {
        if (_committed.TrySetException(reason))
            waiting.Answered(this, reason.Error is CollabError.StoreUnavailable or CollabError.ServerDraining ? SubmissionOutcome.Unknown : SubmissionOutcome.Refused);
    }
}
