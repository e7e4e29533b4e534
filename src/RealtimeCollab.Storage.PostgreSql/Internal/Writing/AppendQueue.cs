using System.Threading.Channels;
using RealtimeCollab.Sessions.Storage;

namespace RealtimeCollab.Storage.PostgreSql.Internal.Writing;

/// <summary>What waits for the appender: bounded, added to by many, taken from by one.</summary>
internal sealed class AppendQueue : IDisposable
{
    private const int MaxWaiting = 4096;
    private const int MaxEntriesPerGroup = 2048;

    // a commit costs the same whatever is in it, so it pays to wait for those who were let through the gate
    private static readonly TimeSpan GatheringTime = TimeSpan.FromMilliseconds(1);

    private readonly Channel<PendingAppend> _waiting = Channel.CreateBounded<PendingAppend>(
        new BoundedChannelOptions(MaxWaiting) { SingleReader = true });

    private readonly SemaphoreSlim _gathered = new(0);
    private readonly HashSet<string> _documents = new(StringComparer.Ordinal);
    private volatile int _wanted = int.MaxValue;
    private PendingAppend? _next;

    /// <summary>Shut from the taking of a group until the next one is asked for.</summary>
    public AppendGate Gate { get; } = new();

    /// <summary>Waits while the queue is full.</summary>
    /// <exception cref="ChannelClosedException">The queue is closed.</exception>
    public async ValueTask AddAsync(PendingAppend append, CancellationToken cancellationToken)
    {
        await _waiting.Writer.WriteAsync(append, cancellationToken);
        // one of them raises the signal, though several may see that the number is reached
        if (_waiting.Reader.Count >= _wanted && Interlocked.Exchange(ref _wanted, int.MaxValue) != int.MaxValue)
            _gathered.Release();
    }

    /// <summary>
    /// Opens the gate, waits until something is there and takes all of it up to the bounds of a transaction, but one batch of each document: a
    /// second one waits for the next group. Those who were at the gate are waited for, but no longer than a millisecond.
    /// </summary>
    /// <returns>False when the queue is closed and empty.</returns>
    public async ValueTask<bool> TakeAsync(List<PendingAppend> group)
    {
        group.Clear();
        var expected = _waiting.Reader.Count + Gate.Open();
        if (_next is null && !await _waiting.Reader.WaitToReadAsync())
            return false;

        if (_waiting.Reader.Count < expected)
            await GatherAsync(expected);
        TakeAll(group);
        Gate.Shut();
        return true;
    }

    /// <summary>Lets nothing more in; what waits is still taken.</summary>
    public void Dispose() => _waiting.Writer.TryComplete();

    private async ValueTask GatherAsync(int expected)
    {
        _wanted = expected;
        if (_waiting.Reader.Count < expected)
            await _gathered.WaitAsync(GatheringTime);
        // a signal that comes too late ends the next gathering early, no more
        _wanted = int.MaxValue;
    }

    private void TakeAll(List<PendingAppend> group)
    {
        var entries = 0;
        _documents.Clear();
        while (entries < MaxEntriesPerGroup && (_next is not null || _waiting.Reader.TryRead(out _next)))
        {
            if (_next.TryBegin())
            {
                if (!_documents.Add(_next.Batch.DocumentId))
                    return;
                group.Add(_next);
                entries += _next.Batch.Entries.Count;
            }

            _next = null;
        }
    }
}
