using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace RealtimeCollab.Client.Chat;

/// <summary>Raises events one after another, in the order in which they were queued, and never while a lock is held.</summary>
internal sealed partial class EventQueue(ILogger logger)
{
    private readonly ConcurrentQueue<Action> _waiting = new();
    private int _count;

    /// <summary>Queues an event; may be called inside a lock.</summary>
    public void Add(Action raise) => _waiting.Enqueue(raise);

    /// <summary>Raises what is queued, unless another thread is at it: then that one does.</summary>
    public void Raise()
    {
        if (Interlocked.Increment(ref _count) != 1)
            return;
        do
        {
            Interlocked.Exchange(ref _count, 1);
            while (_waiting.TryDequeue(out var raise))
                RaiseOne(raise);
        }
        while (Interlocked.Decrement(ref _count) != 0);
    }

    private void RaiseOne(Action raise)
    {
        try
        {
            raise();
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            HandlerFailed(logger, error);
        }
    }

    [LoggerMessage(20, LogLevel.Error, "A handler of a chat event failed.")]
    private static partial void HandlerFailed(ILogger logger, Exception error);
}
