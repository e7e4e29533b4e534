using Microsoft.AspNetCore.SignalR;
using RealtimeCollab.Protocol.Chat;
using RealtimeCollab.Sessions.Chat;
using RealtimeCollab.Sessions.Storage.Chat;

namespace RealtimeCollab.Server.Chat;

/// <summary>Tells the members of a room what happens there: the group of a room has the room's id.</summary>
internal sealed class ChatNotifier(IHubContext<ChatHub, IChatClient> hub) : IChatEvents
{
    public async ValueTask MessagesChangedAsync(string roomId, IReadOnlyList<MessageChange> changes, CancellationToken cancellationToken)
    {
        var members = hub.Clients.Group(roomId);
        foreach (var change in changes)
            await SendAsync(members, change.Kind, change.Message.ToMessage(roomId));
    }

    public async ValueTask MentionedAsync(
        string roomId, StoredNotification notification, StoredMessage message, CancellationToken cancellationToken) =>
        await hub.Clients.User(notification.Notification.UserId).Mentioned(new Mention { NotificationId = notification.Id, Message = message.ToMessage(roomId) });

    public async ValueTask TypingChangedAsync(string roomId, string userId, string userName, bool isTyping, CancellationToken cancellationToken) =>
        await hub.Clients.Group(roomId).TypingChanged(new TypingChanged { RoomId = roomId, UserId = userId, UserName = userName, IsTyping = isTyping });

    private static Task SendAsync(IChatClient members, ChangeKind kind, ChatMessage message) => kind switch
    {
        ChangeKind.Posted => members.MessageReceived(message),
        ChangeKind.Edited => members.MessageEdited(message),
        ChangeKind.Deleted => members.MessageDeleted(message),
        _ => members.ReactionsChanged(new ReactionsChanged
        {
            RoomId = message.RoomId,
            MessageId = message.MessageId,
            Sequence = message.Sequence,
            Change = message.Change,
            Reactions = message.Reactions,
        }),
    };
}
