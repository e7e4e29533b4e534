using System.Collections.Concurrent;

namespace RealtimeCollab.Server.Delivery.Backplane;

/// <summary>Commands to other nodes whose answer has not come.</summary>
internal sealed class PendingCommands(TimeSpan patience, TimeProvider time)
{
    private readonly ConcurrentDictionary<long, TaskCompletionSource> _pending = new();
    private long _last;

    /// <summary>Sends a command, and ends when it is answered.</summary>
    /// <exception cref="TimeoutException">Nobody answered: no node has the connection, or the backplane is away.</exception>
    public async Task ExecuteAsync(Action<long> send, CancellationToken cancellationToken)
    {
        var id = Interlocked.Increment(ref _last);
        var answered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _pending[id] = answered;
        try
        {
            send(id);
            await answered.Task.WaitAsync(patience, time, cancellationToken);
        }
        finally
        {
            _pending.TryRemove(id, out _);
        }
    }

    public void Complete(long id)
    {
        if (_pending.TryGetValue(id, out var answered))
            answered.TrySetResult();
    }
}
