namespace RealtimeCollab.Server.Limits;

/// <summary>
/// The tokens of users: each has one bucket for all connections, which outlives the last of them until it is full again, so that connecting
/// anew gains nothing.
/// </summary>
internal sealed class UserBuckets(int perSecond, TimeProvider time)
{
    private const int WorthSweeping = 256;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Holding> _users = new(StringComparer.Ordinal);
    private int _left;
    private int _leftAtLastSweep;

    /// <summary>Buckets in memory.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
                return _users.Count;
        }
    }

    /// <summary>The user's bucket, for a connection.</summary>
    public TokenBucket Open(string userId)
    {
        lock (_lock)
        {
            if (!_users.TryGetValue(userId, out var holding))
                _users.Add(userId, holding = new Holding(new TokenBucket(perSecond, time)));
            else if (holding.Connections == 0)
                _left--;
            holding.Connections++;
            return holding.Bucket;
        }
    }

    /// <summary>Takes back one <see cref="Open"/>.</summary>
    public void Close(string userId)
    {
        lock (_lock)
        {
            if (--_users[userId].Connections > 0)
                return;
            // now and then, and the less often the less it helped
            if (++_left > _leftAtLastSweep + WorthSweeping)
                Sweep_NeedsLock();
        }
    }

    private void Sweep_NeedsLock()
    {
        foreach (var (userId, holding) in _users)
        {
            if (holding.Connections == 0 && holding.Bucket.IdleDuration is not null && _users.Remove(userId))
                _left--;
        }

        _leftAtLastSweep = _left;
    }

    private sealed class Holding(TokenBucket bucket)
    {
        public TokenBucket Bucket => bucket;

        public int Connections { get; set; }
    }
}
