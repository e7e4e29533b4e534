namespace RealtimeCollab.LoadTester.Chats;

/// <summary>How long each delivery took, and whether all that are expected have come.</summary>
internal sealed class Deliveries
{
    private readonly Lock _lock = new();
    private readonly List<long> _latencies = [];
    private TaskCompletionSource _all = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _expected;

    /// <param name="latency">In ticks of <see cref="System.Diagnostics.Stopwatch"/>.</param>
    public void Add(long latency)
    {
        lock (_lock)
        {
            _latencies.Add(latency);
            if (_latencies.Count == _expected)
                _all.TrySetResult();
        }
    }

    /// <summary>Ends when so many more have come.</summary>
    public Task Expect(int count)
    {
        lock (_lock)
        {
            _expected = _latencies.Count + count;
            _all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _all.Task;
        }
    }

    public void Clear()
    {
        lock (_lock)
            _latencies.Clear();
    }

    /// <summary>Ascending.</summary>
    public long[] ToArray()
    {
        lock (_lock)
            return [.. _latencies.Order()];
    }
}
