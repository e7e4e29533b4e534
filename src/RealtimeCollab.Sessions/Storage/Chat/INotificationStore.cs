namespace RealtimeCollab.Sessions.Storage.Chat;

/// <summary>What users are to hear of, until they acknowledge it. Failures are thrown as by <see cref="IMessageStore"/>.</summary>
public interface INotificationStore
{
    /// <summary>Adds notifications, all or none. Those of mentions are added with their messages instead, by <see cref="IMessageStore.AppendAsync"/>.</summary>
    /// <returns>What was stored, in the same order.</returns>
    ValueTask<IReadOnlyList<StoredNotification>> AddAsync(IReadOnlyList<NewNotification> notifications, CancellationToken cancellationToken);

    /// <summary>A user's notifications with higher numbers than <paramref name="afterId"/>, in the order of their numbers.</summary>
    ValueTask<IReadOnlyList<StoredNotification>> ListAsync(string userId, long afterId, int limit, CancellationToken cancellationToken);

    /// <summary>The notifications of these messages of a room that are not acknowledged yet, in any order.</summary>
    ValueTask<IReadOnlyList<StoredNotification>> FindMentionsAsync(
        RoomKey room, IReadOnlyCollection<long> sequences, CancellationToken cancellationToken);

    /// <summary>Removes notifications of a user; those that are gone already, or another's, are no error.</summary>
    ValueTask AcknowledgeAsync(string userId, IReadOnlyCollection<long> ids, CancellationToken cancellationToken);
}

/// <summary>A notification that is to be stored.</summary>
/// <param name="UserId">For whom.</param>
/// <param name="Type"><see cref="MentionType"/>, or what the application calls it.</param>
/// <param name="Text">What it says; absent for a mention.</param>
/// <param name="Room">The room that it is about.</param>
/// <param name="Sequence">The message that it is about.</param>
/// <param name="Timestamp">Now, UTC, to the millisecond.</param>
public sealed record NewNotification(
    string UserId, string Type, string? Text, RoomKey? Room, long? Sequence, DateTimeOffset Timestamp)
{
    /// <summary>The type of a mention's.</summary>
    public const string MentionType = "mention";
}

/// <summary>A notification that is stored.</summary>
/// <param name="Id">Its number: higher than those of all earlier ones of the same user, also of acknowledged ones.</param>
/// <param name="Notification">What it is.</param>
public sealed record StoredNotification(long Id, NewNotification Notification);
