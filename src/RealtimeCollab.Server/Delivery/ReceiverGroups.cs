using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace RealtimeCollab.Server.Delivery;

/// <summary>
/// Who is in which group. Members are kept as arrays that are replaced on every change: there are far more sends than
/// changes, and a send then goes over an array without locks or allocations.
/// </summary>
internal sealed class ReceiverGroups
{
    private readonly Lock _lock = new();
    private readonly ConcurrentDictionary<string, ImmutableArray<Receiver>> _groups = new(StringComparer.Ordinal);

    public ImmutableArray<Receiver> this[string group] => _groups.GetValueOrDefault(group, []);

    public void Add(string group, Receiver receiver)
    {
        lock (_lock)
        {
            if (receiver.Groups.Add(group))
                _groups[group] = this[group].Add(receiver);
        }
    }

    public void Remove(string group, Receiver receiver)
    {
        lock (_lock)
        {
            if (receiver.Groups.Remove(group))
                RemoveMember_NeedsLock(group, receiver);
        }
    }

    public void RemoveFromAll(Receiver receiver)
    {
        lock (_lock)
        {
            foreach (var group in receiver.Groups)
                RemoveMember_NeedsLock(group, receiver);
            receiver.Groups.Clear();
        }
    }

    private void RemoveMember_NeedsLock(string group, Receiver receiver)
    {
        var left = this[group].Remove(receiver);
        if (left.IsEmpty)
            _groups.TryRemove(group, out _);
        else
            _groups[group] = left;
    }
}
