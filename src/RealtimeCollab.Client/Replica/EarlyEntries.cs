using System.Diagnostics.CodeAnalysis;
using RealtimeCollab.Protocol.Documents;

namespace RealtimeCollab.Client.Replica;

/// <summary>Entries that came before those they follow, until their turn. Bounded: the last do not fit, and are fetched again later.</summary>
internal sealed class EarlyEntries
{
    private const int Capacity = 4096;

    private readonly Dictionary<long, CommittedOperation> _entries = [];

    public void Add(CommittedOperation entry)
    {
        if (_entries.TryAdd(entry.Revision, entry) && _entries.Count > Capacity)
            _entries.Remove(_entries.Keys.Max());
    }

    public bool TryTake(long revision, [NotNullWhen(true)] out CommittedOperation? entry) => _entries.Remove(revision, out entry);

    /// <summary>Drops what a snapshot of this revision already contains.</summary>
    public void DropThrough(long revision)
    {
        foreach (var early in _entries.Keys.Where(early => early <= revision).ToList())
            _entries.Remove(early);
    }

    public void Clear() => _entries.Clear();
}
