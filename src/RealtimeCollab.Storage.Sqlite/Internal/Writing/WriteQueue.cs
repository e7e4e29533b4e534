using RealtimeCollab.Sessions;
using RealtimeCollab.Sessions.Storage;

namespace RealtimeCollab.Storage.Sqlite.Internal.Writing;

/// <summary>
/// What waits for the writer: bounded, added to by many without blocking a thread, taken from by one thread that blocks.
/// </summary>
internal sealed class WriteQueue : IDisposable
{
    private const int MaxWaiting = 4096;
    private const int MaxWritesPerGroup = 512;
    private const int MaxBytesPerGroup = 4 << 20;

    // a commit costs some 200 microseconds of processor time whatever is in it, so it pays to wait for those who were let through the gate
    private static readonly TimeSpan GatheringTime = TimeSpan.FromMilliseconds(1);

    private readonly object _lock = new();
    private readonly Queue<PendingWrite> _waiting = new();
    private readonly SemaphoreSlim _room = new(MaxWaiting, MaxWaiting);
    private int _wanted = 1;
    private bool _closed;

    /// <summary>Shut from the taking of a group until the next one is asked for.</summary>
    public AppendGate Gate { get; } = new();

    /// <summary>Waits while the queue is full.</summary>
    /// <exception cref="CollabException"><see cref="CollabError.StoreUnavailable"/>: the queue is closed.</exception>
    public async ValueTask AddAsync(PendingWrite write, CancellationToken cancellationToken)
    {
        await _room.WaitAsync(cancellationToken);
        lock (_lock)
        {
            if (!_closed)
            {
                _waiting.Enqueue(write);
                if (_waiting.Count >= _wanted)
                    Monitor.Pulse(_lock);
                return;
            }
        }

        _room.Release();
        throw CollabException.StoreUnavailable(new ObjectDisposedException(nameof(SqliteDatabase)));
    }

    /// <summary>
    /// Opens the gate, blocks until something waits, and takes all of it up to the bounds of a transaction. Those who were at the gate
    /// are waited for, but no longer than a millisecond: someone who writes alone never waits.
    /// </summary>
    /// <returns>False when the queue is closed and empty.</returns>
    public bool Take(List<PendingWrite> group)
    {
        group.Clear();
        var released = Gate.Open();
        lock (_lock)
        {
            var expected = _waiting.Count + released;
            _wanted = 1;
            while (_waiting.Count == 0)
            {
                if (_closed)
                    return false;
                Monitor.Wait(_lock);
            }

            if (_waiting.Count < expected && !_closed)
            {
                _wanted = expected;
                Monitor.Wait(_lock, GatheringTime);
            }

            TakeAll_NeedsLock(group);
        }

        Gate.Shut();
        return true;
    }

    /// <summary>Lets nothing more in; what waits is still taken by the writer. (The semaphore holds nothing that needs an end.)</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _closed = true;
            Monitor.PulseAll(_lock);
        }
    }

    private void TakeAll_NeedsLock(List<PendingWrite> group)
    {
        var (bytes, taken) = (0, 0);
        while (group.Count < MaxWritesPerGroup && bytes < MaxBytesPerGroup && _waiting.TryDequeue(out var write))
        {
            taken++;
            if (!write.TryBegin())
                continue;
            group.Add(write);
            bytes += write.Bytes;
        }

        _room.Release(taken);
    }
}
