using System.Collections.Concurrent;
using RealtimeCollab.Client.Connection;
using RealtimeCollab.Protocol;
using RealtimeCollab.Protocol.Chat;

namespace RealtimeCollab.Client.Chat;

/// <summary>Hands the server's callbacks to the rooms that they are about.</summary>
internal sealed class ChatCallbackRouter(
    ConcurrentDictionary<string, ChatRoom> rooms, ConnectionKeeper keeper, NotificationInbox inbox, Action<Broadcast> broadcast) : IChatClient
{
    private const string MentionType = "mention";

    public Task Welcome(WelcomeMessage message) => Do(() => keeper.Greeted(message));

    public Task MessageReceived(ChatMessage message) => Route(message.RoomId, room => room.Receive(message));

    public Task MessageEdited(ChatMessage message) => Route(message.RoomId, room => room.Receive(message));

    public Task MessageDeleted(ChatMessage message) => Route(message.RoomId, room => room.Receive(message));

    public Task ReactionsChanged(ReactionsChanged message) => Route(message.RoomId, room => room.Receive(message));

    public Task TypingChanged(TypingChanged message) => Route(message.RoomId, room => room.Receive(message));

    public Task ReadChanged(ReadChanged message) => Route(message.RoomId, room => room.Receive(message));

    public Task Mentioned(Mention message) => Do(() => inbox.Take(new Notification
    {
        Id = message.NotificationId,
        Type = MentionType,
        RoomId = message.Message.RoomId,
        Message = message.Message,
        Timestamp = message.Message.Timestamp,
    }));

    public Task NotificationReceived(Notification notification) => Do(() => inbox.Take(notification));

    public Task BroadcastReceived(Broadcast message) => Do(() => broadcast(message));

    /// <summary>Every call of this client waits for its own result, which carries the same refusal.</summary>
    public Task Error(ErrorMessage message) => Task.CompletedTask;

    private Task Route(string roomId, Action<ChatRoom> input) => Do(() =>
    {
        if (rooms.TryGetValue(roomId, out var room))
            input(room);
    });

    private static Task Do(Action action)
    {
        action();
        return Task.CompletedTask;
    }
}
