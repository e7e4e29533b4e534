using RealtimeCollab.Sessions.Storage.Chat;

namespace RealtimeCollab.Sessions.Chat;

/// <summary>
/// Where rooms send what their members are to hear. Implemented above the sessions, by whoever owns the connections. Calls for one
/// room come one after another, in order; what is thrown is logged, and clients refill the gap from the store.
/// </summary>
public interface IChatEvents
{
    /// <summary>Messages are new or changed, in the order of their changes.</summary>
    ValueTask MessagesChangedAsync(string roomId, IReadOnlyList<MessageChange> changes, CancellationToken cancellationToken);

    /// <summary>A user was mentioned by a message.</summary>
    ValueTask MentionedAsync(string roomId, StoredNotification notification, StoredMessage message, CancellationToken cancellationToken);

    /// <summary>A user types, still types or has stopped.</summary>
    ValueTask TypingChangedAsync(string roomId, string userId, string userName, bool isTyping, CancellationToken cancellationToken);
}
