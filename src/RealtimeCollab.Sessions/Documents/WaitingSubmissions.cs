using RealtimeCollab.Sessions.Telemetry;

namespace RealtimeCollab.Sessions.Documents;

/// <summary>Counts the submissions of a document that are not answered yet, and bounds them.</summary>
internal sealed class WaitingSubmissions(SessionServices services)
{
    private readonly int _limit = services.Options.MaxWaitingSubmissions;
    private int _count;

    public int Count => Volatile.Read(ref _count);

    /// <exception cref="CollabException"><see cref="CollabError.RateLimited"/>: too many are waiting.</exception>
    public PendingSubmission Add(Submission submission)
    {
        if (Interlocked.Increment(ref _count) <= _limit)
            return new PendingSubmission(submission, this) { Since = services.Metrics is { IsTiming: true } ? services.Time.GetTimestamp() : null };
        Interlocked.Decrement(ref _count);
        services.Metrics?.Answered(SubmissionOutcome.Refused);
        throw CollabException.TooManyWaiting(_limit);
    }

    /// <summary>Lets one go.</summary>
    public void Answered(PendingSubmission pending, SubmissionOutcome outcome)
    {
        Interlocked.Decrement(ref _count);
        if (services.Metrics is not { } metrics)
            return;
        metrics.Answered(outcome);
        if (outcome == SubmissionOutcome.Committed && pending.Since is { } since)
            metrics.Committed(services.Time.GetElapsedTime(since));
    }
}
