namespace RealtimeCollab.Sessions.Presence;

/// <summary>
/// Does work a moment after it was asked for, one at a time: what is asked for within the interval, or while the work is under way,
/// is done together. Work that fails is done again after <see cref="RetryInterval"/>.
/// </summary>
internal sealed class PacedWork : IDisposable
{
    internal static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _closing = new();
    private readonly Func<CancellationToken, ValueTask> _work;
    private readonly Action<Exception> _onFailed;
    private readonly TimeSpan _interval;
    private readonly ITimer _timer;
    private State _state;
    private bool _isFailing;

    /// <param name="work">Cancelled when this is disposed.</param>
    /// <param name="interval">How long wishes are gathered.</param>
    /// <param name="time">The clock.</param>
    /// <param name="onFailed">Hears of the first failure in a row.</param>
    public PacedWork(Func<CancellationToken, ValueTask> work, TimeSpan interval, TimeProvider time, Action<Exception> onFailed)
    {
        (_work, _interval, _onFailed) = (work, interval, onFailed);
        _timer = time.CreateTimer(_ => _ = RunAsync(), state: null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    private enum State
    {
        Idle,
        Waiting,
        Running,
        AskedWhileRunning,
        Closed,
    }

    /// <summary>Only notes the wish; never runs the work on the caller's thread.</summary>
    public void Request()
    {
        lock (_lock)
        {
            switch (_state)
            {
                case State.Idle:
                    Wait_NeedsLock(_interval);
                    break;
                case State.Running:
                    _state = State.AskedWhileRunning;
                    break;
            }
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            if (_state == State.Closed)
                return;
            _state = State.Closed;
        }

        _timer.Dispose();
        _closing.Cancel();
        _closing.Dispose();
    }

    private void Wait_NeedsLock(TimeSpan interval)
    {
        _state = State.Waiting;
        _timer.Change(interval, Timeout.InfiniteTimeSpan);
    }

    private async Task RunAsync()
    {
        CancellationToken closing;
        lock (_lock)
        {
            if (_state != State.Waiting)
                return;
            _state = State.Running;
            closing = _closing.Token;
        }

        var hasFailed = false;
        try
        {
            await _work(closing);
            _isFailing = false;
        }
        catch (OperationCanceledException) when (closing.IsCancellationRequested)
        {
            return;
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            hasFailed = true;
            if (!_isFailing)
                _onFailed(exception);
            _isFailing = true;
        }

        lock (_lock)
        {
            if (hasFailed && _state != State.Closed)
                Wait_NeedsLock(RetryInterval);
            else if (_state == State.AskedWhileRunning)
                Wait_NeedsLock(_interval);
            else if (_state == State.Running)
                _state = State.Idle;
        }
    }
}
