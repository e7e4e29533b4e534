using RealtimeCollab.Protocol.Chat;
using RealtimeCollab.Protocol.Documents;
using RealtimeCollab.Sessions;
using RealtimeCollab.Sessions.Storage.Chat;
using RoomKind = RealtimeCollab.Sessions.Storage.Chat.RoomKind;

namespace RealtimeCollab.Server.Chat;

/// <summary>Makes rooms that are no document's, and keeps their members.</summary>
internal sealed class RoomKeeper(
    IMessageStore rooms, IRoomMemberStore members, RoomDirectory directory, RoomMembers connections, ChatReader reader, TimeProvider time)
{
    private const int MaxMemberIds = 200;

    public Task<RoomInfo> CreateAsync(ChatConnection connection, CreateRoomRequest request)
    {
        ChatRules.NewRoom(request);
        var me = connection.Identity;
        RoomMembership[] first =
        [
            new(me.UserId, me.UserName, RoomRole.Owner, LastRead: 0),
            .. (request.MemberIds ?? []).Where(userId => userId != me.UserId).Distinct(StringComparer.Ordinal).Select(userId => Writer(userId, userId)),
        ];
        return OpenAsync(connection, request.RoomId, RoomKind.Free, string.IsNullOrWhiteSpace(request.Name) ? null : request.Name, first);
    }

    public Task<RoomInfo> OpenDirectAsync(ChatConnection connection, OpenDirectRoomRequest request)
    {
        ChatRules.UserId(request.UserId, "userId");
        var me = connection.Identity;
        RoomMembership[] both = request.UserId == me.UserId ? [Writer(me.UserId, me.UserName)] : [Writer(me.UserId, me.UserName), Writer(request.UserId, request.UserId)];
        return OpenAsync(connection, DirectRooms.IdOf(me.UserId, request.UserId), RoomKind.Direct, name: null, both);
    }

    /// <summary>Owners let in and take out whom they like; everyone else may take out themselves.</summary>
    public async Task SetMemberAsync(ChatConnection connection, SetRoomMemberRequest request)
    {
        ChatRules.UserId(request.UserId, "userId");
        if (!Enum.IsDefined(request.Role) || request.Role == DocumentRole.Editor)
            throw CollabException.InvalidRequest("role is none, viewer, commenter or owner.");
        connection.Messages.Take();
        var actor = await directory.EnterAsync(connection.User, request.RoomId, connection.Aborted);
        var room = actor.Room;
        if (room.Kind != RoomKind.Free)
            throw CollabException.InvalidRequest("Only rooms that were made with CreateRoom have members that can be changed.");
        var leaves = request.Role == DocumentRole.None && request.UserId == connection.Identity.UserId;
        if (actor.Role < DocumentRole.Owner && !leaves)
            throw CollabException.PermissionDenied("Only owners of the room may change its members.");

        if (request.Role == DocumentRole.None)
            await members.RemoveAsync(room.Key, request.UserId, connection.Aborted);
        else
            await members.SetRoleAsync(room.Key, request.UserId, request.Role.ToRoomRole(), connection.Aborted);
        if (request.Role < DocumentRole.Viewer)
            await connections.ExpelAsync(request.UserId, request.RoomId);
    }

    public async Task<RoomList> ListAsync(ChatConnection connection, GetRoomsRequest request)
    {
        var limit = ChatReader.PageSize(request.Limit);
        var joined = await members.ListRoomsAsync(connection.Identity.UserId, request.AfterRoomId ?? string.Empty, limit, connection.Aborted);
        var infos = new List<RoomInfo>(joined.Count);
        foreach (var (room, member) in joined)
            infos.Add(await ToInfoAsync(room, member, connection.Aborted));
        return new RoomList { Rooms = infos };
    }

    private async Task<RoomInfo> OpenAsync(ChatConnection connection, string roomId, RoomKind kind, string? name, RoomMembership[] first)
    {
        connection.Messages.Take();
        var me = connection.Identity.UserId;
        var now = DateTimeOffset.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds());
        var room = await rooms.OpenRoomAsync(new NewRoom(roomId, Guid.NewGuid().ToString("N"), kind, name, me, now, first), connection.Aborted);
        // the room may have been there; then it is its members'
        return await members.FindAsync(room.Key, [me], connection.Aborted) is [{ Role: > RoomRole.None } member]
            ? await ToInfoAsync(room, member, connection.Aborted)
            : throw CollabException.PermissionDenied("A room with this id is there already, and the user is no member of it.");
    }

    private async Task<RoomInfo> ToInfoAsync(RoomHead room, RoomMembership member, CancellationToken cancellationToken) => new()
    {
        RoomId = room.RoomId,
        Kind = room.Kind.ToWire(),
        Name = room.Name,
        Role = member.Role.ToDocumentRole(),
        MemberIds = [.. (await members.ListAsync(room.Key, MaxMemberIds, cancellationToken)).Select(other => other.UserId)],
        LastSequence = room.Sequence,
        LastReadSequence = member.LastRead,
        UnreadCount = await reader.CountUnreadAsync(room.Key, member.UserId, member.LastRead, cancellationToken),
    };

    private static RoomMembership Writer(string userId, string userName) => new(userId, userName, RoomRole.Commenter, LastRead: 0);
}
