namespace RealtimeCollab.Sessions.Rooms;

/// <summary>
/// Runs an action soon after it was asked for, but not more often than once in an interval: the first at once, those that come
/// too soon together at the interval's end.
/// </summary>
/// <param name="interval">Asked each time one begins.</param>
/// <param name="time">The clock.</param>
/// <param name="action">Runs on the thread that asks, or the timer's.</param>
internal sealed class Throttle(Func<TimeSpan> interval, TimeProvider time, Action action)
{
    public Throttle(TimeSpan interval, TimeProvider time, Action action)
        : this(() => interval, time, action)
    {
    }

    private readonly Lock _lock = new();
    private ITimer? _timer;
    private bool _isPending;
    private bool _isClosed;

    public void Request()
    {
        lock (_lock)
        {
            if (_isClosed)
                return;
            if (_timer is not null)
            {
                _isPending = true;
                return;
            }

            _timer = time.CreateTimer(_ => OnIntervalOver(), state: null, interval(), Timeout.InfiniteTimeSpan);
        }

        action();
    }

    /// <summary>Nothing runs any more.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _isClosed = true;
            _timer?.Dispose();
        }
    }

    private void OnIntervalOver()
    {
        lock (_lock)
        {
            if (_isClosed)
                return;
            if (!_isPending)
            {
                _timer?.Dispose();
                _timer = null;
                return;
            }

            _isPending = false;
            _timer?.Change(interval(), Timeout.InfiniteTimeSpan);
        }

        action();
    }
}
