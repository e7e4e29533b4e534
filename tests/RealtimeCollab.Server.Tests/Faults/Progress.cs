using RealtimeCollab.Server.Tests.Support;

namespace RealtimeCollab.Server.Tests.Faults;

/// <summary>Counts what many do, for one who waits until enough is done.</summary>
internal sealed class Progress(long all)
{
    private readonly Lock _lock = new();
    private long _done;
    private long _goal = long.MaxValue;
    private TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Add()
    {
        lock (_lock)
        {
            if (++_done >= _goal)
                _reached.TrySetResult();
        }
    }

    /// <summary>Waits until so much is done, or all.</summary>
    public Task ReachAsync(long goal)
    {
        lock (_lock)
        {
            _goal = Math.Min(goal, all);
            _reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            if (_done >= _goal)
                _reached.SetResult();
            return _reached.Task.WaitAsync(Patience.Limit, TestContext.Current.CancellationToken);
        }
    }
}
