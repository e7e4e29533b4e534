namespace RealtimeCollab.Client.Connection;

/// <summary>
/// Keeps the submissions of one connection within the server's rate, so that a fast writer's edits are composed here
/// instead of being refused there. A token bucket; safe for any thread.
/// </summary>
internal sealed class SubmissionPacer(TimeProvider time)
{
    // the two clocks need not agree: stay a little under what the server counts
    private const double Share = 0.95;

    private readonly Lock _gate = new();
    private long _countedAt = time.GetTimestamp();
    private double _rate;
    private double _tokens;

    /// <summary>Takes the limit of a new connection, in operations per second; 0 for no limit.</summary>
    public void Restart(int operationsPerSecond)
    {
        lock (_gate)
        {
            _rate = operationsPerSecond * Share;
            _tokens = _rate;
            _countedAt = time.GetTimestamp();
        }
    }

    /// <summary>Counts one submission, and says how long it has to wait.</summary>
    public TimeSpan Reserve()
    {
        lock (_gate)
        {
            if (_rate <= 0)
                return TimeSpan.Zero;

            var now = time.GetTimestamp();
            _tokens = Math.Min(_rate, _tokens + (time.GetElapsedTime(_countedAt, now).TotalSeconds * _rate)) - 1;
            _countedAt = now;
            return _tokens >= 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(-_tokens / _rate);
        }
    }
}
