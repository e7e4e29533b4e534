using Microsoft.AspNetCore.SignalR;
using RealtimeCollab.Protocol.Chat;
using RealtimeCollab.Sessions;
using RealtimeCollab.Sessions.Storage.Chat;

namespace RealtimeCollab.Server.Chat;

/// <summary>Notes up to where users have read, and tells their devices and the room.</summary>
internal sealed class ReadMarks(IRoomMemberStore members, ChatReader reader, IHubContext<ChatHub, IChatClient> hub)
{
    public async Task MarkAsync(ChatConnection connection, MarkReadRequest request)
    {
        connection.Signals.Take();
        var (user, stop) = (connection.Identity, connection.Aborted);
        var key = await reader.EnterAsync(connection, request.RoomId);
        var head = await reader.FindHeadAsync(key, stop);
        if (request.Sequence > head.Sequence)
            throw CollabException.InvalidRequest($"sequence {request.Sequence} is ahead of the room, whose last message is {head.Sequence}.");
        if (connection.Find(request.RoomId) is null)
            await members.EnterAsync(key, user.UserId, user.UserName, stop);
        var mark = await members.MarkReadAsync(key, user.UserId, request.Sequence, stop);
        // a device that is behind has nothing to tell
        if (mark != request.Sequence)
            return;

        var unread = await reader.CountUnreadAsync(key, user.UserId, mark, stop);
        var changed = new ReadChanged { RoomId = key.RoomId, UserId = user.UserId, Sequence = mark };
        await hub.Clients.Group(key.RoomId).ReadChanged(changed);
        await hub.Clients.User(user.UserId).ReadChanged(changed with { UnreadCount = unread });
    }
}
