namespace RealtimeCollab.Sessions.Storage.Chat;

/// <summary>
/// Chat rooms and their messages: the only truth. An append that returned is on disk. Every failure of the database is thrown as
/// <see cref="CollabException"/> with <see cref="CollabError.StoreUnavailable"/>; an append that throws (also for cancellation) has
/// an unknown outcome.
/// </summary>
public interface IMessageStore
{
    /// <summary>The rows of those of the rooms that exist, in one query.</summary>
    ValueTask<IReadOnlyList<RoomHead>> FindRoomsAsync(IReadOnlyCollection<string> roomIds, CancellationToken cancellationToken);

    /// <summary>
    /// Makes a room with its first members, or returns the one that is there. A document's room is made only where the document
    /// exists with the given incarnation; one of an earlier incarnation of the document is emptied, and goes on counting.
    /// </summary>
    /// <exception cref="CollabException"><see cref="CollabError.RoomNotFound"/>: there is no such document.</exception>
    ValueTask<RoomHead> OpenRoomAsync(NewRoom room, CancellationToken cancellationToken);

    /// <summary>
    /// Writes all messages and notifications of the batch if the room's incarnation and change are the expected ones, else nothing.
    /// </summary>
    ValueTask<AppendOutcome> AppendAsync(MessageBatch batch, CancellationToken cancellationToken);

    /// <summary>Messages of a range, at most <paramref name="limit"/>, in ascending order of what the range goes by.</summary>
    ValueTask<IReadOnlyList<StoredMessage>> ReadAsync(RoomKey room, MessageRange range, int limit, CancellationToken cancellationToken);

    /// <summary>Those of the messages that exist, each once, in the order of their sequences.</summary>
    ValueTask<IReadOnlyList<StoredMessage>> FindMessagesAsync(RoomKey room, MessageLookup lookup, CancellationToken cancellationToken);

    /// <summary>Counts the messages of others after a place that are not deleted, at most <paramref name="limit"/> of them.</summary>
    ValueTask<int> CountUnreadAsync(RoomKey room, string userId, long afterSequence, int limit, CancellationToken cancellationToken);
}
