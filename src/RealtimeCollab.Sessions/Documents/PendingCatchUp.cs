namespace RealtimeCollab.Sessions.Documents;

/// <summary>Somebody heard of a revision that the session does not have yet, and waits until it has read that far.</summary>
internal sealed class PendingCatchUp(long revision)
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public long Revision => revision;

    /// <summary>The session is there; fails if it cannot get there.</summary>
    public Task Done => _done.Task;

    /// <summary>The session has read what the log holds.</summary>
    public void Complete(long head)
    {
        if (head >= revision)
            _done.TrySetResult();
        else
            Refuse(CollabException.RevisionAhead(revision, head));
    }

    public void Refuse(CollabException reason) => _done.TrySetException(reason);
}
