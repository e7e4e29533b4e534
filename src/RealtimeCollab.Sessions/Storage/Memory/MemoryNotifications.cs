using RealtimeCollab.Sessions.Storage.Chat;

namespace RealtimeCollab.Sessions.Storage.Memory;

/// <summary>The notifications of a <see cref="MemoryChatStore"/>; used under the store's lock only.</summary>
internal sealed class MemoryNotifications
{
    private readonly Dictionary<string, long> _last = new(StringComparer.Ordinal);
    private readonly List<StoredNotification> _all = [];

    public StoredNotification[] Add(IReadOnlyList<NewNotification> notifications)
    {
        var stored = notifications.Select(notification => new StoredNotification(NextId(notification.UserId), notification)).ToArray();
        _all.AddRange(stored);
        return stored;
    }

    public StoredNotification[] List(string userId, long afterId, int limit) =>
        [.. _all.Where(stored => stored.Id > afterId && stored.Notification.UserId == userId).Take(limit)];

    public StoredNotification[] FindMentions(RoomKey room, IReadOnlyCollection<long> sequences) =>
        [.. _all.Where(stored => stored.Notification.Room == room && stored.Notification.Sequence is { } sequence && sequences.Contains(sequence))];

    public void Remove(string userId, IReadOnlyCollection<long> ids) =>
        _all.RemoveAll(stored => stored.Notification.UserId == userId && ids.Contains(stored.Id));

    /// <returns>How much there was of the user.</returns>
    public long Erase(string userId) => _all.RemoveAll(stored => stored.Notification.UserId == userId) + (_last.Remove(userId) ? 1 : 0);

    /// <summary>Removes those about messages that are gone with their room.</summary>
    public void RemoveOf(string roomId) => _all.RemoveAll(stored => stored.Notification.Room?.RoomId == roomId);

    public NotificationCounter[] ListCounters(string afterUserId, int limit) =>
        [.. _last.Where(user => string.CompareOrdinal(user.Key, afterUserId) > 0).OrderBy(user => user.Key, StringComparer.Ordinal).Take(limit).Select(user => new NotificationCounter(user.Key, user.Value))];

    public void Import(NotificationCounter counter, IReadOnlyList<StoredNotification> notifications)
    {
        _last[counter.UserId] = Math.Max(_last.GetValueOrDefault(counter.UserId), counter.LastId);
        _all.AddRange(notifications.Where(notification => !_all.Contains(notification)));
    }

    private long NextId(string userId) => _last[userId] = _last.GetValueOrDefault(userId) + 1;
}
