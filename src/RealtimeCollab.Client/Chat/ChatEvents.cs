using RealtimeCollab.Protocol.Chat;

namespace RealtimeCollab.Client.Chat;

/// <summary>Whether a <see cref="ChatRoom"/> shows what the server has.</summary>
public enum ChatRoomState
{
    /// <summary>There is no connection, or the room is being joined; it goes on by itself.</summary>
    Offline,

    /// <summary>What happens in the room comes.</summary>
    Joined,

    /// <summary>It was left, or the server refuses it: see <see cref="ChatRoom.ClosedBecause"/>.</summary>
    Closed,
}

/// <summary>Carries a message.</summary>
/// <param name="message">The message as it is now.</param>
public sealed class ChatMessageEventArgs(ChatMessage message) : EventArgs
{
    /// <summary>The message as it is now.</summary>
    public ChatMessage Message { get; } = message;
}

/// <summary>Carries a notification.</summary>
/// <param name="notification">Of a mention, with the message.</param>
public sealed class NotificationEventArgs(Notification notification) : EventArgs
{
    /// <summary>Of a mention, with the message.</summary>
    public Notification Notification { get; } = notification;
}

/// <summary>Carries a broadcast.</summary>
/// <param name="broadcast">What the application tells everyone.</param>
public sealed class BroadcastEventArgs(Broadcast broadcast) : EventArgs
{
    /// <summary>What the application tells everyone.</summary>
    public Broadcast Broadcast { get; } = broadcast;
}

/// <summary>How a message is sent.</summary>
public sealed record SendMessageOptions
{
    /// <summary>Ids of users to mention.</summary>
    public IReadOnlyList<string>? Mentions { get; init; }

    /// <summary>The id of the message that this one answers.</summary>
    public string? ReplyTo { get; init; }

    /// <summary><c>text</c> if null.</summary>
    public string? MessageType { get; init; }
}

/// <summary>A message that the server may not have yet.</summary>
/// <param name="ClientMessageId">By which it is found again in <see cref="ChatMessage.ClientMessageId"/>.</param>
/// <param name="Content">The text.</param>
public sealed record PendingMessage(string ClientMessageId, string Content);
