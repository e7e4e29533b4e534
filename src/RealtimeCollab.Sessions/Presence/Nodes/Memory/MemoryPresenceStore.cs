namespace RealtimeCollab.Sessions.Presence.Nodes.Memory;

/// <summary>A store for the nodes of one process: in production one node, in tests several.</summary>
public sealed class MemoryPresenceStore(TimeProvider time) : IPresenceStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Entry> _nodes = new(StringComparer.Ordinal);
    private readonly List<Action<NodeUpdate>> _followers = [];

    /// <inheritdoc/>
    public ValueTask<bool> WriteAsync(NodeUpdate update, TimeSpan lifetime, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(update);
        Action<NodeUpdate>[] followers;
        lock (_lock)
        {
            var entry = FindLiving_NeedsLock(update.NodeId);
            if (!update.IsAll && entry?.Version != update.Version - 1)
                return ValueTask.FromResult(false);
            if (update.IsAll || entry is null)
                _nodes[update.NodeId] = entry = new Entry();
            entry.Apply(update, time.GetTimestamp(), lifetime);
            followers = [.. _followers];
        }

        foreach (var follower in followers)
            follower(update);
        return ValueTask.FromResult(true);
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyDictionary<string, long>> ReadNodesAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            foreach (var nodeId in _nodes.Keys)
                FindLiving_NeedsLock(nodeId);
            return ValueTask.FromResult<IReadOnlyDictionary<string, long>>(
                _nodes.ToDictionary(node => node.Key, node => node.Value.Version, StringComparer.Ordinal));
        }
    }

    /// <inheritdoc/>
    public ValueTask<NodeUpdate?> ReadAsync(string nodeId, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return ValueTask.FromResult(
                FindLiving_NeedsLock(nodeId) is { } entry ? new NodeUpdate(nodeId, entry.Version, IsAll: true, [.. entry.Users.Values]) : null);
        }
    }

    /// <inheritdoc/>
    public IDisposable Follow(Action<NodeUpdate> onUpdate)
    {
        lock (_lock)
            _followers.Add(onUpdate);
        return new Following(this, onUpdate);
    }

    private Entry? FindLiving_NeedsLock(string nodeId)
    {
        if (!_nodes.TryGetValue(nodeId, out var entry))
            return null;
        if (time.GetElapsedTime(entry.WrittenAt) < entry.Lifetime)
            return entry;
        _nodes.Remove(nodeId);
        return null;
    }

    private sealed class Entry
    {
        public long Version { get; private set; }

        public long WrittenAt { get; private set; }

        public TimeSpan Lifetime { get; private set; }

        public Dictionary<string, NodePresence> Users { get; } = new(StringComparer.Ordinal);

        public void Apply(NodeUpdate update, long now, TimeSpan lifetime)
        {
            (Version, WrittenAt, Lifetime) = (update.Version, now, lifetime);
            foreach (var user in update.Users)
            {
                if (user.Devices.Count > 0)
                    Users[user.UserId] = user;
                else
                    Users.Remove(user.UserId);
            }
        }
    }

    private sealed class Following(MemoryPresenceStore store, Action<NodeUpdate> onUpdate) : IDisposable
    {
        public void Dispose()
        {
            lock (store._lock)
                store._followers.Remove(onUpdate);
        }
    }
}
