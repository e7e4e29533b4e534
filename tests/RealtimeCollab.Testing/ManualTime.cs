namespace RealtimeCollab.Testing;

/// <summary>A clock that stands still until it is told to go on; timers fire in the order of their times, on the thread that moves it.</summary>
public sealed class ManualTime : TimeProvider
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Lock _lock = new();
    private readonly List<ManualTimer> _timers = [];
    private DateTimeOffset _now;

    /// <summary>A clock at noon of a day that does not matter.</summary>
    public ManualTime()
        : this(new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero))
    {
    }

    /// <summary>A clock at the time given.</summary>
    public ManualTime(DateTimeOffset start) => _now = start;

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>Timers that are waiting.</summary>
    public int ActiveTimers
    {
        get
        {
            lock (_lock)
                return _timers.Count;
        }
    }

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
            return _now;
    }

    /// <inheritdoc/>
    public override long GetTimestamp() => GetUtcNow().Ticks;

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves the clock on and fires what falls due on the way.</summary>
    public void Advance(TimeSpan by)
    {
        var end = GetUtcNow() + by;
        while (TryTakeDue(end, out var timer))
            timer.Fire();
        lock (_lock)
            _now = end;
    }

    /// <summary>Moves the clock on to the next timer that is waiting and fires it; false if none is.</summary>
    public bool FireNext()
    {
        if (!TryTakeDue(DateTimeOffset.MaxValue, out var timer))
            return false;
        timer.Fire();
        return true;
    }

    /// <summary>Moves the clock on, step by step, until a task that waits for it ends.</summary>
    /// <exception cref="TimeoutException">It has not ended after two minutes of the system's clock.</exception>
    public async Task AdvanceUntilAsync(Task task, TimeSpan step)
    {
        var start = System.GetTimestamp();
        while (!task.IsCompleted)
        {
            if (System.GetElapsedTime(start) > Patience)
                throw new TimeoutException($"What the clock was moved for has not happened by {GetUtcNow():O}.");
            Advance(step);
            await Task.Yield();
        }

        await task;
    }

    private bool TryTakeDue(DateTimeOffset end, out ManualTimer timer)
    {
        lock (_lock)
        {
            timer = _timers.MinBy(candidate => candidate.Due)!;
            if (timer is null || timer.Due > end)
                return false;
            _now = timer.Due > _now ? timer.Due : _now;
            _timers.Remove(timer);
            timer.ScheduleNext_NeedsLock();
            return true;
        }
    }

    private sealed class ManualTimer(ManualTime time, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan _period = Timeout.InfiniteTimeSpan;

        public DateTimeOffset Due { get; private set; }

        public void Fire() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time._lock)
            {
                time._timers.Remove(this);
                _period = period;
                if (dueTime != Timeout.InfiniteTimeSpan)
                {
                    Due = time._now + dueTime;
                    time._timers.Add(this);
                }
            }

            return true;
        }

        public void ScheduleNext_NeedsLock()
        {
            if (_period <= TimeSpan.Zero)
                return;
            Due += _period;
            time._timers.Add(this);
        }

        public void Dispose()
        {
            lock (time._lock)
                time._timers.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
