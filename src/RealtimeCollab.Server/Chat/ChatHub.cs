using RealtimeCollab.Protocol.Chat;
using RealtimeCollab.Server.Hubs;
using RealtimeCollab.Server.Notifications;
using RealtimeCollab.Sessions;
using RealtimeCollab.Sessions.Storage.Chat;

namespace RealtimeCollab.Server.Chat;

/// <summary>
/// The entrance at <c>/hubs/chat</c>: checks the form of a request and hands it on. Keeps nothing; what a connection has open is its
/// <see cref="ChatConnection"/>.
/// </summary>
internal sealed class ChatHub(
    ChatConnections connections,
    Welcome welcome,
    RoomMembers members,
    MessageIntake intake,
    ChatReader reader,
    ReadMarks marks,
    RoomKeeper keeper,
    NotificationReader notifications,
    INotificationStore notificationStore,
    TimeProvider time)
    : CollabHub<IChatClient, ChatConnection>(connections, welcome), IChatHub
{
    public Task<RoomSnapshot> JoinRoom(JoinRoomRequest request)
    {
        Require.RoomId(request.RoomId);
        return members.JoinAsync(Connection, request);
    }

    public Task LeaveRoom(LeaveRoomRequest request)
    {
        Require.RoomId(request.RoomId);
        return members.LeaveAsync(Connection, request.RoomId);
    }

    public async Task<SendMessageResult> SendMessage(SendMessageRequest request)
    {
        Require.RoomId(request.RoomId);
        Require.Key(request.ClientMessageId, "clientMessageId");
        var message = await intake.SendAsync(Connection, request);
        return new SendMessageResult
        {
            MessageId = message.MessageId,
            ClientMessageId = message.ClientMessageId,
            Sequence = message.Sequence,
            Timestamp = message.Timestamp,
        };
    }

    public async Task<MessageChangeResult> EditMessage(EditMessageRequest request)
    {
        Require.RoomId(request.RoomId);
        return (await intake.EditAsync(Connection, request)).ToChangeResult();
    }

    public async Task<MessageChangeResult> DeleteMessage(DeleteMessageRequest request)
    {
        Require.RoomId(request.RoomId);
        return (await intake.DeleteAsync(Connection, request)).ToChangeResult();
    }

    public async Task<MessageChangeResult> SetReaction(SetReactionRequest request)
    {
        Require.RoomId(request.RoomId);
        return (await intake.ReactAsync(Connection, request)).ToChangeResult();
    }

    public Task SetTyping(SetTypingRequest request)
    {
        Require.RoomId(request.RoomId);
        MessageIntake.SetTyping(Connection, request);
        return Task.CompletedTask;
    }

    public Task MarkRead(MarkReadRequest request)
    {
        Require.RoomId(request.RoomId);
        Require.NotNegative(request.Sequence, "sequence");
        return marks.MarkAsync(Connection, request);
    }

    public Task<MessagePage> GetMessages(GetMessagesRequest request)
    {
        Require.RoomId(request.RoomId);
        return reader.ReadPageAsync(Connection, request);
    }

    public Task<NotificationPage> GetNotifications(GetNotificationsRequest request) =>
        notifications.ReadAsync(Connection.User, request, Connection.Aborted);

    public async Task AcknowledgeNotifications(AcknowledgeNotificationsRequest request)
    {
        if (request.Ids.Count is 0 or > ChatReader.MaxPage)
            throw CollabException.InvalidRequest($"ids has 1 to {ChatReader.MaxPage} numbers.");
        await notificationStore.AcknowledgeAsync(Connection.Identity.UserId, [.. request.Ids], Connection.Aborted);
    }

    public Task<RoomInfo> CreateRoom(CreateRoomRequest request)
    {
        Require.RoomId(request.RoomId);
        return keeper.CreateAsync(Connection, request);
    }

    public Task<RoomInfo> OpenDirectRoom(OpenDirectRoomRequest request) => keeper.OpenDirectAsync(Connection, request);

    public Task SetRoomMember(SetRoomMemberRequest request)
    {
        Require.RoomId(request.RoomId);
        return keeper.SetMemberAsync(Connection, request);
    }

    public Task<RoomList> GetRooms(GetRoomsRequest request) => keeper.ListAsync(Connection, request);

    public async Task<ChatHeartbeatResult> Heartbeat(ChatHeartbeatRequest request)
    {
        var readable = await members.KeepReadableAsync(Connection, request.RoomIds);
        return new ChatHeartbeatResult { ServerTime = time.GetUtcNow(), Heads = await reader.ReadHeadsAsync(readable, Connection.Aborted) };
    }
}
