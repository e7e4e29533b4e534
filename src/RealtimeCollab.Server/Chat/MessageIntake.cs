using RealtimeCollab.Protocol.Chat;
using RealtimeCollab.Sessions;
using RealtimeCollab.Sessions.Chat;
using RealtimeCollab.Sessions.Storage.Chat;
using SetReaction = RealtimeCollab.Sessions.Chat.SetReaction;

namespace RealtimeCollab.Server.Chat;

/// <summary>Takes messages, their changes and typing from connections to the rooms.</summary>
internal sealed class MessageIntake(ChatRooms rooms, RoomDirectory directory, ChatRules rules)
{
    public Task<StoredMessage> SendAsync(ChatConnection connection, SendMessageRequest request)
    {
        rules.Content(request.Content);
        var command = new PostMessage(request.ClientMessageId, request.Content, ChatRules.MessageType(request.MessageType), request.ReplyTo)
        {
            Mentions = rules.Mentions(request.Mentions),
        };
        var sent = ExecuteAsync(connection, request.RoomId, command);
        connection.Find(request.RoomId)?.Room.SetTyping(connection.ConnectionId, connection.Identity.UserId, connection.Identity.UserName, isTyping: false);
        return sent;
    }

    public Task<StoredMessage> EditAsync(ChatConnection connection, EditMessageRequest request)
    {
        rules.Content(request.Content);
        var command = new EditMessage(request.MessageId, request.Content) { Mentions = rules.Mentions(request.Mentions) };
        return ExecuteAsync(connection, request.RoomId, command);
    }

    public Task<StoredMessage> DeleteAsync(ChatConnection connection, DeleteMessageRequest request) =>
        ExecuteAsync(connection, request.RoomId, new DeleteMessage(request.MessageId));

    public Task<StoredMessage> ReactAsync(ChatConnection connection, SetReactionRequest request)
    {
        ChatRules.Emoji(request.Emoji);
        return ExecuteAsync(connection, request.RoomId, new SetReaction(request.MessageId, request.Emoji, request.IsSet));
    }

    public static void SetTyping(ChatConnection connection, SetTypingRequest request)
    {
        connection.Signals.Take();
        if (connection.Find(request.RoomId) is not { } joined)
            throw CollabException.SessionNotFound("JoinRoom comes before SetTyping.");
        if (joined.Actor.Role.ToRoomRole() < RoomRole.Commenter)
            throw CollabException.PermissionDenied("The user may not write in this room.");
        joined.Room.SetTyping(connection.ConnectionId, connection.Identity.UserId, connection.Identity.UserName, request.IsTyping);
    }

    /// <summary>
    /// Puts a command into the room's mailbox before it returns, so that a connection's commands stay in their order; in a room that it
    /// has not joined, after a look at who may write there. The wait is not cancelled with the connection: what is in the mailbox is
    /// stored whoever still listens.
    /// </summary>
    private Task<StoredMessage> ExecuteAsync(ChatConnection connection, string roomId, RoomCommand command)
    {
        connection.Messages.Take();
        connection.Mentions.Spend(command.Mentions.Count);
        connection.Presence.Act();
        return connection.Find(roomId) is { } joined
            ? joined.Room.ExecuteAsync(command, joined.Actor)
            : ExecuteOutsideAsync(connection, roomId, command);
    }

    private async Task<StoredMessage> ExecuteOutsideAsync(ChatConnection connection, string roomId, RoomCommand command)
    {
        var actor = await directory.EnterAsync(connection.User, roomId, connection.Aborted);
        using var lease = await rooms.OpenAsync(actor.Room, connection.Aborted);
        return await lease.Session.ExecuteAsync(command, actor);
    }
}
