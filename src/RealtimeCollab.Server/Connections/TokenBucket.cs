namespace RealtimeCollab.Server.Connections;

/// <summary>
/// Lets so many calls through each second, and twice as many in a burst. The limiters of the platform take their time from
/// a timer each; this one costs an idle connection nothing and goes by the clock it is given.
/// </summary>
internal sealed class TokenBucket(int perSecond, TimeProvider time)
{
    private const int BurstFactor = 2;

    private readonly Lock _lock = new();
    private double _tokens = (double)perSecond * BurstFactor;
    private long _filledAt = time.GetTimestamp();

    /// <summary>Takes a token if there is one; always, if the rate is 0.</summary>
    public bool TryTake()
    {
        if (perSecond == 0)
            return true;
        lock (_lock)
        {
            var now = time.GetTimestamp();
            var earned = time.GetElapsedTime(_filledAt, now).TotalSeconds * perSecond;
            _tokens = Math.Min(_tokens + earned, (double)perSecond * BurstFactor);
            _filledAt = now;
            if (_tokens < 1)
                return false;
            _tokens--;
            return true;
        }
    }
}
