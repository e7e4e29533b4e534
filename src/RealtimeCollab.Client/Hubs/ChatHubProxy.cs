using Microsoft.AspNetCore.SignalR.Client;
using RealtimeCollab.Protocol.Chat;

namespace RealtimeCollab.Client.Hubs;

/// <summary>The server's chat hub as an object, as <see cref="DocumentHubProxy"/> is the document hub.</summary>
public sealed class ChatHubProxy(HubConnection connection) : IChatHub
{
    /// <inheritdoc/>
    public Task<RoomSnapshot> JoinRoom(JoinRoomRequest request) => connection.CallAsync<RoomSnapshot>(nameof(IChatHub.JoinRoom), request);

    /// <inheritdoc/>
    public Task LeaveRoom(LeaveRoomRequest request) => connection.CallAsync<object?>(nameof(IChatHub.LeaveRoom), request);

    /// <inheritdoc/>
    public Task<SendMessageResult> SendMessage(SendMessageRequest request) =>
        connection.CallAsync<SendMessageResult>(nameof(IChatHub.SendMessage), request);

    /// <inheritdoc/>
    public Task<MessageChangeResult> EditMessage(EditMessageRequest request) =>
        connection.CallAsync<MessageChangeResult>(nameof(IChatHub.EditMessage), request);

    /// <inheritdoc/>
    public Task<MessageChangeResult> DeleteMessage(DeleteMessageRequest request) =>
        connection.CallAsync<MessageChangeResult>(nameof(IChatHub.DeleteMessage), request);

    /// <inheritdoc/>
    public Task<MessageChangeResult> SetReaction(SetReactionRequest request) =>
        connection.CallAsync<MessageChangeResult>(nameof(IChatHub.SetReaction), request);

    /// <inheritdoc/>
    public Task SetTyping(SetTypingRequest request) => connection.CallAsync<object?>(nameof(IChatHub.SetTyping), request);

    /// <inheritdoc/>
    public Task MarkRead(MarkReadRequest request) => connection.CallAsync<object?>(nameof(IChatHub.MarkRead), request);

    /// <inheritdoc/>
    public Task<MessagePage> GetMessages(GetMessagesRequest request) => connection.CallAsync<MessagePage>(nameof(IChatHub.GetMessages), request);

    /// <inheritdoc/>
    public Task<NotificationPage> GetNotifications(GetNotificationsRequest request) =>
        connection.CallAsync<NotificationPage>(nameof(IChatHub.GetNotifications), request);

    /// <inheritdoc/>
    public Task AcknowledgeNotifications(AcknowledgeNotificationsRequest request) =>
        connection.CallAsync<object?>(nameof(IChatHub.AcknowledgeNotifications), request);

    /// <inheritdoc/>
    public Task<RoomInfo> CreateRoom(CreateRoomRequest request) => connection.CallAsync<RoomInfo>(nameof(IChatHub.CreateRoom), request);

    /// <inheritdoc/>
    public Task<RoomInfo> OpenDirectRoom(OpenDirectRoomRequest request) => connection.CallAsync<RoomInfo>(nameof(IChatHub.OpenDirectRoom), request);

    /// <inheritdoc/>
    public Task SetRoomMember(SetRoomMemberRequest request) => connection.CallAsync<object?>(nameof(IChatHub.SetRoomMember), request);

    /// <inheritdoc/>
    public Task<RoomList> GetRooms(GetRoomsRequest request) => connection.CallAsync<RoomList>(nameof(IChatHub.GetRooms), request);

    /// <inheritdoc/>
    public Task<ChatHeartbeatResult> Heartbeat(ChatHeartbeatRequest request) =>
        connection.CallAsync<ChatHeartbeatResult>(nameof(IChatHub.Heartbeat), request);
}
