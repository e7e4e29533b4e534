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

    /// <returns>False if it is in the group already.</returns>
    public bool Add(string group, Receiver receiver)
    {
        lock (_lock)
        {
            if (!receiver.Groups.Add(group))
                return false;
            _groups[group] = this[group].Add(receiver);
            return true;
        }
    }

    /// <returns>False if it is not in the group.</returns>
    public bool Remove(string group, Receiver receiver)
    {
        lock (_lock)
        {
            if (!receiver.Groups.Remove(group))
                return false;
            RemoveMember_NeedsLock(group, receiver);
            return true;
        }
    }

    /// <returns>The groups in which it was.</returns>
    public IReadOnlyCollection<string> RemoveFromAll(Receiver receiver)
    {
        lock (_lock)
        {
            string[] groups = [.. receiver.Groups];
            foreach (var group in groups)
                RemoveMember_NeedsLock(group, receiver);
            receiver.Groups.Clear();
            return groups;
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
