namespace RealtimeCollab.Sessions.Storage.Chat;

/// <summary>
/// All rooms and notifications of a store, for moving them to another one. Messages go through the other ports. Failures are thrown as
/// by <see cref="IMessageStore"/>.
/// </summary>
public interface IChatArchive
{
    /// <summary>The rooms, at most <paramref name="limit"/>, in the ordinal order of their ids, beginning after <paramref name="afterRoomId"/> (empty for the first ones).</summary>
    ValueTask<IReadOnlyList<RoomHead>> ListRoomsAsync(string afterRoomId, int limit, CancellationToken cancellationToken);

    /// <summary>Makes the row of a room as it is given, whether its document is here or not. Returns the room that is there then.</summary>
    ValueTask<RoomHead> ImportRoomAsync(RoomHead room, CancellationToken cancellationToken);

    /// <summary>Makes members, or makes those that are there what is given.</summary>
    ValueTask ImportMembersAsync(RoomKey room, IReadOnlyList<RoomMembership> members, CancellationToken cancellationToken);

    /// <summary>The last numbers that were given to users, in the ordinal order of these, beginning after <paramref name="afterUserId"/>.</summary>
    ValueTask<IReadOnlyList<NotificationCounter>> ListCountersAsync(string afterUserId, int limit, CancellationToken cancellationToken);

    /// <summary>Adds notifications of one user with the numbers that they have, unless they are there, and goes on counting where that is further.</summary>
    ValueTask ImportNotificationsAsync(
        NotificationCounter counter, IReadOnlyList<StoredNotification> notifications, CancellationToken cancellationToken);
}

/// <summary>How far the numbers of a user's notifications are.</summary>
/// <param name="UserId">The user.</param>
/// <param name="LastId">The last number that was given.</param>
public sealed record NotificationCounter(string UserId, long LastId);
