namespace RealtimeCollab.Sessions.Storage.Chat;

/// <summary>
/// Who is in which chat room, and up to where they have read there. Failures are thrown as by <see cref="IMessageStore"/>. Writes to
/// a room that is gone write nothing.
/// </summary>
public interface IRoomMemberStore
{
    /// <summary>Those of the users who are members, in one query.</summary>
    ValueTask<IReadOnlyList<RoomMembership>> FindAsync(RoomKey room, IReadOnlyCollection<string> userIds, CancellationToken cancellationToken);

    /// <summary>The members, those who have read furthest first, then by their ids.</summary>
    ValueTask<IReadOnlyList<RoomMembership>> ListAsync(RoomKey room, int limit, CancellationToken cancellationToken);

    /// <summary>Notes that a user was there, under this name; a new member gets the role <see cref="RoomRole.None"/>. Returns the member.</summary>
    ValueTask<RoomMembership> EnterAsync(RoomKey room, string userId, string userName, CancellationToken cancellationToken);

    /// <summary>Gives a member a role, and makes the user one before if they are not.</summary>
    ValueTask SetRoleAsync(RoomKey room, string userId, RoomRole role, CancellationToken cancellationToken);

    /// <summary>Takes a member out, with what they have read.</summary>
    ValueTask RemoveAsync(RoomKey room, string userId, CancellationToken cancellationToken);

    /// <summary>Moves a member's mark on, never back. Returns where it is then; 0 for a user who is no member.</summary>
    ValueTask<long> MarkReadAsync(RoomKey room, string userId, long sequence, CancellationToken cancellationToken);

    /// <summary>
    /// The rooms of their own (not documents') that a user is a member of, in the ordinal order of their ids, beginning after
    /// <paramref name="afterRoomId"/> (empty for the first ones).
    /// </summary>
    ValueTask<IReadOnlyList<JoinedRoom>> ListRoomsAsync(string userId, string afterRoomId, int limit, CancellationToken cancellationToken);
}

/// <summary>A room and one of its members.</summary>
/// <param name="Room">The room.</param>
/// <param name="Member">The member.</param>
public sealed record JoinedRoom(RoomHead Room, RoomMembership Member);
