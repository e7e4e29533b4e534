namespace RealtimeCollab.Sessions.Documents;

/// <summary>Counts the submissions of a document that are not answered yet, and bounds them.</summary>
internal sealed class WaitingSubmissions(int limit)
{
    private int _count;

    public int Count => Volatile.Read(ref _count);

    /// <exception cref="CollabException"><see cref="CollabError.RateLimited"/>: too many are waiting.</exception>
    public PendingSubmission Add(Submission submission)
    {
        if (Interlocked.Increment(ref _count) <= limit)
            return new PendingSubmission(submission, this);
        Remove();
        throw CollabException.TooManyWaiting(limit);
    }

    public void Remove() => Interlocked.Decrement(ref _count);
}
