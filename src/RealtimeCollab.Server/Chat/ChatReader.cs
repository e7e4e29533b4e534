using RealtimeCollab.Protocol.Chat;
using RealtimeCollab.Sessions;
using RealtimeCollab.Sessions.Storage.Chat;
using RoomKind = RealtimeCollab.Sessions.Storage.Chat.RoomKind;

namespace RealtimeCollab.Server.Chat;

/// <summary>Reads rooms for clients, straight from the store.</summary>
internal sealed class ChatReader(IMessageStore messages, IRoomMemberStore members, RoomDirectory directory)
{
    public const int MaxPage = 200;
    private const int UsualPage = 50;
    private const int MaxMembers = 200;
    private const int MaxUnread = 1000;

    /// <summary>About what a message takes beside its text, in bytes.</summary>
    private const int EnvelopeBytes = 400;

    public async Task<RoomSnapshot> ReadSnapshotAsync(ChatConnection connection, JoinedRoom joined, JoinRoomRequest request)
    {
        var range = ToRange(before: null, request.AfterSequence, request.AfterChange);
        var (key, stop) = (joined.Key, connection.Aborted);
        var me = await members.EnterAsync(key, joined.Actor.UserId, joined.Actor.UserName, stop);
        // the head before the messages: who is told of a change has it, or will find the gap
        var head = await FindHeadAsync(key, stop);
        var page = await messages.ReadAsync(key, range, range == MessageRange.Latest ? UsualPage : MaxPage, stop);
        connection.ExpectLargeAnswer(Estimate(page));
        return new RoomSnapshot
        {
            RoomId = key.RoomId,
            Messages = page.ToMessages(key.RoomId),
            Members = [.. (await members.ListAsync(key, MaxMembers, stop)).Select(member => member.ToMember(hasRoles: head.Kind != RoomKind.Document))],
            LastSequence = head.Sequence,
            LastChange = head.Change,
            LastReadSequence = me.LastRead,
            UnreadCount = await CountUnreadAsync(key, me.UserId, me.LastRead, stop),
            Role = joined.Actor.Role,
        };
    }

    public async Task<MessagePage> ReadPageAsync(ChatConnection connection, GetMessagesRequest request)
    {
        var range = ToRange(request.BeforeSequence, request.AfterSequence, request.AfterChange);
        var limit = PageSize(request.Limit);
        var key = await EnterAsync(connection, request.RoomId);
        var head = await FindHeadAsync(key, connection.Aborted);
        var page = await messages.ReadAsync(key, range, limit, connection.Aborted);
        connection.ExpectLargeAnswer(Estimate(page));
        return new MessagePage { RoomId = key.RoomId, Messages = page.ToMessages(key.RoomId), LastSequence = head.Sequence, LastChange = head.Change };
    }

    /// <summary>A room that the connection's user may read, joined or not.</summary>
    public async ValueTask<RoomKey> EnterAsync(ChatConnection connection, string roomId)
    {
        if (connection.Find(roomId) is not { } joined)
            return (await directory.EnterAsync(connection.User, roomId, connection.Aborted)).Room.Key;
        if (await joined.Actor.GetRoleAsync(connection.Aborted) < RoomRole.Viewer)
            throw CollabException.PermissionDenied("The user may not read this room.");
        return joined.Key;
    }

    public async ValueTask<RoomHead> FindHeadAsync(RoomKey room, CancellationToken cancellationToken) =>
        await directory.FindAsync(room.RoomId, cancellationToken) is { } head && head.Key == room ? head : throw CollabException.RoomNotFound(room.RoomId);

    /// <summary>How far the rooms are, in one query.</summary>
    public async ValueTask<IReadOnlyDictionary<string, long>> ReadHeadsAsync(IReadOnlyList<JoinedRoom> joined, CancellationToken cancellationToken)
    {
        var keys = joined.Select(room => room.Key).ToHashSet();
        if (keys.Count == 0)
            return new Dictionary<string, long>(StringComparer.Ordinal);
        var heads = await messages.FindRoomsAsync([.. keys.Select(key => key.RoomId)], cancellationToken);
        return heads.Where(head => keys.Contains(head.Key)).ToDictionary(head => head.RoomId, head => head.Change, StringComparer.Ordinal);
    }

    public ValueTask<int> CountUnreadAsync(RoomKey room, string userId, long lastRead, CancellationToken cancellationToken) =>
        messages.CountUnreadAsync(room, userId, lastRead, MaxUnread, cancellationToken);

    public static int PageSize(int? limit) => limit is < 1 or > MaxPage
        ? throw CollabException.InvalidRequest($"limit is 1 to {MaxPage}.")
        : limit ?? UsualPage;

    private static MessageRange ToRange(long? before, long? after, long? afterChange) => (before, after, afterChange) switch
    {
        (null, null, null) => MessageRange.Latest,
        ( >= 0, null, null) => MessageRange.BeforeSequence(before.Value),
        (null, >= 0, null) => MessageRange.AfterSequence(after.Value),
        (null, null, >= 0) => MessageRange.AfterChange(afterChange.Value),
        _ => throw CollabException.InvalidRequest("At most one of beforeSequence, afterSequence and afterChange is given, and it is not negative."),
    };

    private static long Estimate(IReadOnlyList<StoredMessage> page) => page.Sum(message => (long)message.Content.Length + EnvelopeBytes);
}
