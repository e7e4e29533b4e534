namespace RealtimeCollab.Protocol.Chat;

/// <summary>What clients call at <c>/hubs/chat</c>. A refused call fails with a HubException whose text is <c>code: message</c>.</summary>
public interface IChatHub
{
    /// <summary>Follows a room: from then on its callbacks come.</summary>
    Task<RoomSnapshot> JoinRoom(JoinRoomRequest request);

    /// <summary>Stops following a room.</summary>
    Task LeaveRoom(LeaveRoomRequest request);

    /// <summary>Sends a message; the result means that it is stored.</summary>
    Task<SendMessageResult> SendMessage(SendMessageRequest request);

    /// <summary>Replaces the content of a message of one's own, or of any message as an owner of the room.</summary>
    Task<MessageChangeResult> EditMessage(EditMessageRequest request);

    /// <summary>Deletes a message of one's own, or any as an owner of the room; what stays is its place.</summary>
    Task<MessageChangeResult> DeleteMessage(DeleteMessageRequest request);

    /// <summary>Adds or takes back the user's reaction to a message.</summary>
    Task<MessageChangeResult> SetReaction(SetReactionRequest request);

    /// <summary>Tells that the user is typing, or has stopped; forgotten after 5 seconds unless it is told again.</summary>
    Task SetTyping(SetTypingRequest request);

    /// <summary>Tells up to where the user has read, on whichever device; a mark never goes back.</summary>
    Task MarkRead(MarkReadRequest request);

    /// <summary>Reads messages, to page through the history or to fill a gap.</summary>
    Task<MessagePage> GetMessages(GetMessagesRequest request);

    /// <summary>Reads the user's notifications that are not acknowledged yet, the oldest first.</summary>
    Task<NotificationPage> GetNotifications(GetNotificationsRequest request);

    /// <summary>Removes notifications that the user has seen.</summary>
    Task AcknowledgeNotifications(AcknowledgeNotificationsRequest request);

    /// <summary>Makes a room that is no document's; the caller is its owner.</summary>
    Task<RoomInfo> CreateRoom(CreateRoomRequest request);

    /// <summary>Finds the room of the caller and one other user, and makes it if there is none.</summary>
    Task<RoomInfo> OpenDirectRoom(OpenDirectRoomRequest request);

    /// <summary>Lets a user into a room of its own, changes what they may do there, or takes them out.</summary>
    Task SetRoomMember(SetRoomMemberRequest request);

    /// <summary>Lists the rooms of their own that the user is a member of, with what is unread in them.</summary>
    Task<RoomList> GetRooms(GetRoomsRequest request);

    /// <summary>Asks how far open rooms are; sent every 10 seconds, so that a lost last callback is found.</summary>
    Task<ChatHeartbeatResult> Heartbeat(ChatHeartbeatRequest request);
}
