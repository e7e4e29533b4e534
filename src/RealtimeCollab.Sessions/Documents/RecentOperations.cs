using RealtimeCollab.OperationalTransform;
using RealtimeCollab.Sessions.Storage;

namespace RealtimeCollab.Sessions.Documents;

/// <summary>
/// The last committed operations of a document: a ring of consecutive revisions, bounded in their number and in what they
/// hold. Written by the turn, read by anyone; the lock is held for a copy at the longest.
/// </summary>
/// <param name="capacity">Most operations.</param>
/// <param name="maxWeight">Most that they hold, as <see cref="TextOperation.Weight"/> counts it; the newest operation stays whatever its size.</param>
/// <param name="startRevision">The revision before the first operation.</param>
internal sealed class RecentOperations(int capacity, long maxWeight, long startRevision)
{
    private readonly Lock _lock = new();
    private LogEntry?[] _ring = new LogEntry?[Math.Min(capacity, 16)];
    private long _last = startRevision;
    private int _count;
    private long _weight;

    /// <summary>The entries after this revision are here.</summary>
    public long Start
    {
        get
        {
            lock (_lock)
                return _last - _count;
        }
    }

    /// <summary>The last revision; for a moment ahead of the session's state, which follows.</summary>
    public long End
    {
        get
        {
            lock (_lock)
                return _last;
        }
    }

    public void Add(IReadOnlyList<LogEntry> entries)
    {
        lock (_lock)
        {
            for (var i = 0; i < entries.Count; i++)
                Add(entries[i]);
        }
    }

    /// <summary>Forgets all; the next entry follows this revision.</summary>
    public void Restart(long revision)
    {
        lock (_lock)
        {
            Array.Clear(_ring);
            (_last, _count, _weight) = (revision, 0, 0);
        }
    }

    /// <summary>The entries after a revision, at most <paramref name="limit"/>; false if some are no longer here.</summary>
    public bool TryRead(long afterRevision, int limit, out LogEntry[] entries)
    {
        lock (_lock)
        {
            if (afterRevision < _last - _count)
            {
                entries = [];
                return false;
            }

            var count = (int)Math.Clamp(_last - afterRevision, 0, limit);
            entries = count == 0 ? [] : new LogEntry[count];
            for (var i = 0; i < count; i++)
                entries[i] = _ring[IndexOf(afterRevision + 1 + i)]!;
            return true;
        }
    }

    private void Add(LogEntry entry)
    {
        if (entry.Revision != _last + 1)
            throw new InvalidOperationException($"Revision {entry.Revision} does not follow {_last}.");
        if (_count == _ring.Length && _ring.Length < capacity)
            Grow();
        if (_count == _ring.Length)
            RemoveOldest();
        _last = entry.Revision;
        _count++;
        _ring[IndexOf(_last)] = entry;
        _weight += entry.Operation.Weight;
        while (_weight > maxWeight && _count > 1)
            RemoveOldest();
    }

    private void RemoveOldest()
    {
        ref var oldest = ref _ring[IndexOf(_last - _count + 1)];
        _weight -= oldest!.Operation.Weight;
        oldest = null;
        _count--;
    }

    private void Grow()
    {
        var old = _ring;
        var grown = new LogEntry?[Math.Min(capacity, old.Length * 2)];
        for (var kept = _last - _count + 1; kept <= _last; kept++)
            grown[(int)(kept % grown.Length)] = old[(int)(kept % old.Length)];
        _ring = grown;
    }

    private int IndexOf(long revision) => (int)(revision % _ring.Length);
}
