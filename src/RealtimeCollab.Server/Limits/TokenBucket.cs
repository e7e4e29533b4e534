using System.Threading.RateLimiting;

namespace RealtimeCollab.Server.Limits;

/// <summary>
/// Lets so many calls through each second, and twice as many in a burst. The platform's token bucket goes by the system's stopwatch; this
/// one goes by the clock it is given, has no timer, and answers without an allocation.
/// </summary>
/// <param name="perSecond">Calls each second, from 1.</param>
/// <param name="time">The clock.</param>
internal sealed class TokenBucket(int perSecond, TimeProvider time) : RateLimiter
{
    private const int BurstFactor = 2;

    private readonly Lock _lock = new();
    private readonly double _capacity = (double)perSecond * BurstFactor;
    private double _tokens = (double)perSecond * BurstFactor;
    private long _filledAt = time.GetTimestamp();
    private long _fullSince = time.GetTimestamp();
    private long _taken;
    private long _refused;

    /// <summary>How long it has been full, null while it is not: one that is forgotten after that is as good as new.</summary>
    public override TimeSpan? IdleDuration
    {
        get
        {
            lock (_lock)
            {
                Fill();
                return _tokens < _capacity ? null : time.GetElapsedTime(_fullSince);
            }
        }
    }

    public override RateLimiterStatistics GetStatistics()
    {
        lock (_lock)
        {
            Fill();
            return new RateLimiterStatistics { CurrentAvailablePermits = Math.Max((long)_tokens, 0), TotalSuccessfulLeases = _taken, TotalFailedLeases = _refused };
        }
    }

    /// <summary>Takes so many if there is one, and owes what is missing: until that is earned there is none.</summary>
    public bool TrySpend(int permitCount)
    {
        lock (_lock)
        {
            Fill();
            if (_tokens < 1)
            {
                _refused++;
                return false;
            }

            _tokens -= permitCount;
            _taken++;
            return true;
        }
    }

    protected override RateLimitLease AttemptAcquireCore(int permitCount)
    {
        lock (_lock)
        {
            Fill();
            if (_tokens < permitCount)
            {
                _refused++;
                return Answer.No;
            }

            _tokens -= permitCount;
            _taken++;
            return Answer.Yes;
        }
    }

    /// <summary>Nobody waits for a token: what is too much is refused.</summary>
    protected override ValueTask<RateLimitLease> AcquireAsyncCore(int permitCount, CancellationToken cancellationToken) =>
        ValueTask.FromResult(AttemptAcquireCore(permitCount));

    private void Fill()
    {
        var now = time.GetTimestamp();
        var missing = _capacity - _tokens;
        var earned = time.GetElapsedTime(_filledAt, now).TotalSeconds * perSecond;
        _filledAt = now;
        if (missing <= 0)
            return;
        _tokens = Math.Min(_tokens + earned, _capacity);
        if (earned >= missing)
            _fullSince = now;
    }

    private sealed class Answer(bool isAcquired) : RateLimitLease
    {
        public static readonly Answer Yes = new(isAcquired: true);
        public static readonly Answer No = new(isAcquired: false);

        public override bool IsAcquired => isAcquired;

        public override IEnumerable<string> MetadataNames => [];

        public override bool TryGetMetadata(string metadataName, out object? metadata)
        {
            metadata = null;
            return false;
        }
    }
}
