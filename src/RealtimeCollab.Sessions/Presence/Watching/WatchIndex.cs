namespace RealtimeCollab.Sessions.Presence.Watching;

/// <summary>Who watches whom, so that a change costs as much as it has watchers. Guarded by the tracker's lock.</summary>
internal sealed class WatchIndex
{
    private readonly Dictionary<string, HashSet<PresenceWatcher>> _watchers = new(StringComparer.Ordinal);

    public IReadOnlyCollection<PresenceWatcher> this[string id] => _watchers.TryGetValue(id, out var watchers) ? watchers : [];

    public void Add(string id, PresenceWatcher watcher)
    {
        if (!_watchers.TryGetValue(id, out var watchers))
            _watchers.Add(id, watchers = []);
        watchers.Add(watcher);
    }

    public void Remove(string id, PresenceWatcher watcher)
    {
        if (_watchers.TryGetValue(id, out var watchers) && watchers.Remove(watcher) && watchers.Count == 0)
            _watchers.Remove(id);
    }
}
