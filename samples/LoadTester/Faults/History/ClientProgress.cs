using System.Diagnostics;

namespace RealtimeCollab.LoadTester.Faults.History;

/// <summary>How far one client is. Times are those of <see cref="Stopwatch"/>. Safe for any thread.</summary>
internal sealed class ClientProgress
{
    private readonly Lock _lock = new();
    private long _acknowledged;
    private long _seen;
    private TimeSpan _longestWait;

    /// <summary>An operation that was sent then is acknowledged.</summary>
    public void Acknowledged(long sentAt, long now)
    {
        lock (_lock)
        {
            _acknowledged = Math.Max(_acknowledged, sentAt);
            var wait = Stopwatch.GetElapsedTime(sentAt, now);
            _longestWait = wait > _longestWait ? wait : _longestWait;
        }
    }

    /// <summary>Another client's operation that was sent then is here.</summary>
    public void SawOthers(long sentAt)
    {
        lock (_lock)
            _seen = Math.Max(_seen, sentAt);
    }

    /// <summary>It wrote and it saw others write, both after a moment.</summary>
    public bool IsBeyond(long moment)
    {
        lock (_lock)
            return _acknowledged > moment && _seen > moment;
    }

    /// <summary>The longest that it waited for an acknowledgement since this was last asked.</summary>
    public TimeSpan TakeLongestWait()
    {
        lock (_lock)
        {
            var longest = _longestWait;
            _longestWait = TimeSpan.Zero;
            return longest;
        }
    }
}
