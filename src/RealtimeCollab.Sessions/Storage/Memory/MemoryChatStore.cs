using RealtimeCollab.Sessions.Storage.Chat;
using RealtimeCollab.Sessions.Storage.Webhooks;

namespace RealtimeCollab.Sessions.Storage.Memory;

/// <summary>
/// The ports of chat in memory, beside the documents whose rooms it keeps. Thread-safe. A call that was cancelled before it began
/// changes nothing.
/// </summary>
/// <param name="documents">Where a document's room looks whether there is such a document.</param>
public sealed class MemoryChatStore(MemoryStore documents) : IMessageStore, IRoomMemberStore, INotificationStore, IChatArchive, IPersonalDataStore
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, MemoryRoom> _rooms = new(StringComparer.Ordinal);
    private readonly MemoryNotifications _notifications = new();

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<RoomHead>> FindRoomsAsync(IReadOnlyCollection<string> roomIds, CancellationToken cancellationToken) =>
        Locked<IReadOnlyList<RoomHead>>(
            () => [.. roomIds.Distinct(StringComparer.Ordinal).Select(id => _rooms.GetValueOrDefault(id)).OfType<MemoryRoom>().Select(room => room.Head)],
            cancellationToken);

    /// <inheritdoc/>
    public ValueTask<long> EraseAsync(string userId, string pseudonym, CancellationToken cancellationToken) =>
        Locked(() => _rooms.Values.Sum(room => room.Erase(userId, pseudonym)) + _notifications.Erase(userId), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<RoomHead> OpenRoomAsync(NewRoom room, CancellationToken cancellationToken) =>
        Locked(() => Open(room), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<AppendOutcome> AppendAsync(MessageBatch batch, CancellationToken cancellationToken)
    {
        batch.ThrowIfInvalid();
        return Locked(() => Append(batch), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<StoredMessage>> ReadAsync(RoomKey room, MessageRange range, int limit, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        return Locked<IReadOnlyList<StoredMessage>>(() => Find(room)?.Read(range, limit) ?? [], cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<StoredMessage>> FindMessagesAsync(RoomKey room, MessageLookup lookup, CancellationToken cancellationToken) =>
        Locked<IReadOnlyList<StoredMessage>>(() => Find(room)?.Find(lookup) ?? [], cancellationToken);

    /// <inheritdoc/>
    public ValueTask<int> CountUnreadAsync(RoomKey room, string userId, long afterSequence, int limit, CancellationToken cancellationToken) =>
        Locked(
            () => Find(room)?.Messages
                .Where(message => message.Sequence > afterSequence && message.DeletedAt is null && message.SenderId != userId)
                .Take(limit).Count() ?? 0,
            cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<RoomMembership>> FindAsync(
        RoomKey room, IReadOnlyCollection<string> userIds, CancellationToken cancellationToken) =>
        Locked<IReadOnlyList<RoomMembership>>(
            () => Find(room) is { } found ? [.. userIds.Distinct(StringComparer.Ordinal).Where(found.Members.ContainsKey).Select(userId => found.Members[userId])] : [],
            cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<RoomMembership>> ListAsync(RoomKey room, int limit, CancellationToken cancellationToken) =>
        Locked<IReadOnlyList<RoomMembership>>(
            () =>
            [
                .. (Find(room)?.Members.Values ?? Enumerable.Empty<RoomMembership>())
                    .OrderByDescending(member => member.LastRead).ThenBy(member => member.UserId, StringComparer.Ordinal).Take(limit),
            ],
            cancellationToken);

    /// <inheritdoc/>
    public ValueTask<RoomMembership> EnterAsync(RoomKey room, string userId, string userName, CancellationToken cancellationToken) =>
        Locked(() => Change(room, userId, member => member with { UserName = userName }), cancellationToken);

    /// <inheritdoc/>
    public async ValueTask SetRoleAsync(RoomKey room, string userId, RoomRole role, CancellationToken cancellationToken) =>
        await Locked(() => Change(room, userId, member => member with { Role = role }), cancellationToken);

    /// <inheritdoc/>
    public async ValueTask RemoveAsync(RoomKey room, string userId, CancellationToken cancellationToken) =>
        await Locked(() => Find(room)?.Members.Remove(userId), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<long> MarkReadAsync(RoomKey room, string userId, long sequence, CancellationToken cancellationToken) =>
        Locked(
            () => Find(room)?.Members.ContainsKey(userId) == true
                ? Change(room, userId, member => member with { LastRead = Math.Max(member.LastRead, sequence) }).LastRead
                : 0,
            cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<JoinedRoom>> ListRoomsAsync(
        string userId, string afterRoomId, int limit, CancellationToken cancellationToken) =>
        Locked<IReadOnlyList<JoinedRoom>>(
            () =>
            [
                .. _rooms.Values
                    .Where(room => room.Head.Kind != RoomKind.Document && string.CompareOrdinal(room.Head.RoomId, afterRoomId) > 0)
                    .Where(room => room.Members.ContainsKey(userId))
                    .Take(limit)
                    .Select(room => new JoinedRoom(room.Head, room.Members[userId])),
            ],
            cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<StoredNotification>> AddAsync(
        IReadOnlyList<NewNotification> notifications, CancellationToken cancellationToken) =>
        Locked<IReadOnlyList<StoredNotification>>(() => _notifications.Add(notifications), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<StoredNotification>> ListAsync(
        string userId, long afterId, int limit, CancellationToken cancellationToken) =>
        Locked<IReadOnlyList<StoredNotification>>(() => _notifications.List(userId, afterId, limit), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<StoredNotification>> FindMentionsAsync(
        RoomKey room, IReadOnlyCollection<long> sequences, CancellationToken cancellationToken) =>
        Locked<IReadOnlyList<StoredNotification>>(() => _notifications.FindMentions(room, sequences), cancellationToken);

    /// <inheritdoc/>
    public async ValueTask AcknowledgeAsync(string userId, IReadOnlyCollection<long> ids, CancellationToken cancellationToken) =>
        await Locked<object?>(
            () =>
            {
                _notifications.Remove(userId, ids);
                return null;
            },
            cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<RoomHead>> ListRoomsAsync(string afterRoomId, int limit, CancellationToken cancellationToken) =>
        Locked<IReadOnlyList<RoomHead>>(
            () => [.. _rooms.Values.Select(room => room.Head).Where(head => string.CompareOrdinal(head.RoomId, afterRoomId) > 0).Take(limit)], cancellationToken);

    /// <inheritdoc/>
    public ValueTask<RoomHead> ImportRoomAsync(RoomHead room, CancellationToken cancellationToken) => Locked(
        () =>
        {
            _rooms.TryAdd(room.RoomId, new MemoryRoom(room));
            return _rooms[room.RoomId].Head;
        },
        cancellationToken);

    /// <inheritdoc/>
    public async ValueTask ImportMembersAsync(RoomKey room, IReadOnlyList<RoomMembership> members, CancellationToken cancellationToken) =>
        await Locked<object?>(
            () =>
            {
                foreach (var member in members)
                    Change(room, member.UserId, _ => member);
                return null;
            },
            cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<NotificationCounter>> ListCountersAsync(string afterUserId, int limit, CancellationToken cancellationToken) =>
        Locked<IReadOnlyList<NotificationCounter>>(() => _notifications.ListCounters(afterUserId, limit), cancellationToken);

    /// <inheritdoc/>
    public async ValueTask ImportNotificationsAsync(
        NotificationCounter counter, IReadOnlyList<StoredNotification> notifications, CancellationToken cancellationToken) =>
        await Locked<object?>(
            () =>
            {
                _notifications.Import(counter, notifications);
                return null;
            },
            cancellationToken);

    private RoomHead Open(NewRoom room)
    {
        var there = _rooms.GetValueOrDefault(room.RoomId);
        if (there is not null && (room.Kind != RoomKind.Document || there.Head.Incarnation == room.Incarnation))
            return there.Head;
        if (room.Kind == RoomKind.Document && !documents.Holds(room.RoomId, room.Incarnation))
            throw CollabException.RoomNotFound(room.RoomId);

        _notifications.RemoveOf(room.RoomId);
        var opened = new MemoryRoom(room.ToHead(there?.Head));
        foreach (var member in room.Members)
            opened.Members.Add(member.UserId, member);
        _rooms[room.RoomId] = opened;
        return opened.Head;
    }

    private AppendOutcome Append(MessageBatch batch)
    {
        if (Find(batch.Room) is not { } room || room.Head.Change != batch.ExpectedChange)
            return AppendOutcome.Conflict;

        room.Write(batch);
        _notifications.Add(batch.Mentions);
        documents.Webhooks.Add(documents.Subscriptions.OfMentions(batch));
        return AppendOutcome.Appended;
    }

    private RoomMembership Change(RoomKey room, string userId, Func<RoomMembership, RoomMembership> change)
    {
        var member = change(Find(room)?.Members.GetValueOrDefault(userId) ?? new RoomMembership(userId, userId, RoomRole.None, LastRead: 0));
        if (Find(room) is { } found)
            found.Members[userId] = member;
        return member;
    }

    private MemoryRoom? Find(RoomKey room) =>
        _rooms.GetValueOrDefault(room.RoomId) is { } found && found.Head.Incarnation == room.Incarnation ? found : null;

    private ValueTask<T> Locked<T>(Func<T> work, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled<T>(cancellationToken);

        lock (_lock)
        {
            try
            {
                return ValueTask.FromResult(work());
            }
            catch (CollabException refusal)
            {
                return ValueTask.FromException<T>(refusal);
            }
        }
    }
}
