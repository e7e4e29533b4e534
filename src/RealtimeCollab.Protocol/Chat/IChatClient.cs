namespace RealtimeCollab.Protocol.Chat;

/// <summary>What the server calls on clients of <c>/hubs/chat</c>.</summary>
public interface IChatClient : ICollabClient
{
    /// <summary>A message was stored; sent to everyone in the room, the author's devices included.</summary>
    Task MessageReceived(ChatMessage message);

    /// <summary>A message has another content; the whole message as it is now.</summary>
    Task MessageEdited(ChatMessage message);

    /// <summary>A message was deleted; what is left of it.</summary>
    Task MessageDeleted(ChatMessage message);

    /// <summary>A message has other reactions.</summary>
    Task ReactionsChanged(ReactionsChanged message);

    /// <summary>Somebody types, still types, or has stopped.</summary>
    Task TypingChanged(TypingChanged message);

    /// <summary>Somebody has read on; on the user's own devices also in rooms that they have not joined.</summary>
    Task ReadChanged(ReadChanged message);

    /// <summary>The user was mentioned; sent to every device of theirs, whatever rooms it has joined.</summary>
    Task Mentioned(Mention message);

    /// <summary>The application has something to tell the user.</summary>
    Task NotificationReceived(Notification notification);

    /// <summary>The application has something to tell everyone.</summary>
    Task BroadcastReceived(Broadcast broadcast);
}
