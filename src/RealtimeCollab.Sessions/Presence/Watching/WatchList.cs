namespace RealtimeCollab.Sessions.Presence.Watching;

/// <summary>Whom a watcher follows, and what it has not heard yet: a set of users, however much happened to them. Guarded by the tracker's lock.</summary>
internal sealed class WatchList
{
    private readonly HashSet<string> _pending = new(StringComparer.Ordinal);

    /// <summary>Those the watcher has heard of and still sees, and whether they were online then.</summary>
    private readonly Dictionary<string, bool> _told = new(StringComparer.Ordinal);

    public HashSet<string> Users { get; } = new(StringComparer.Ordinal);

    public HashSet<string> Documents { get; } = new(StringComparer.Ordinal);

    public bool Sees(UserPresence user) => Users.Contains(user.UserId) || Documents.Overlaps(user.Documents);

    public void Mark(string userId) => _pending.Add(userId);

    /// <summary>The watcher hears of these, by a batch or by the answer to a call.</summary>
    public void Tell(IEnumerable<UserPresence> users)
    {
        foreach (var user in users)
        {
            if (Sees(user))
                _told[user.UserId] = user.IsOnline;
            else
                _told.Remove(user.UserId);
        }
    }

    /// <summary>What there is to be heard. Those who went out of sight are told of once more.</summary>
    public PresenceBatch TakeBatch(PresenceDirectory directory)
    {
        var changed = _pending.Select(directory.Find).Where(user => Sees(user) || _told.ContainsKey(user.UserId)).ToList();
        _pending.Clear();
        return new PresenceBatch(
            changed,
            [.. changed.Where(user => user.IsOnline && !WasOnline(user))],
            [.. changed.Where(user => !user.IsOnline && WasOnline(user))]);
    }

    /// <summary>A batch could not be sent.</summary>
    public void TakeBack(PresenceBatch batch) => _pending.UnionWith(batch.Changed.Select(user => user.UserId));

    /// <summary>Forgets those who are not in sight any more.</summary>
    public void Forget(PresenceDirectory directory)
    {
        foreach (var userId in _told.Keys)
        {
            if (!Sees(directory.Find(userId)))
                _told.Remove(userId);
        }
    }

    private bool WasOnline(UserPresence user) => _told.GetValueOrDefault(user.UserId);
}
