using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;
using RealtimeCollab.Protocol;
using RealtimeCollab.Protocol.Chat;
using RealtimeCollab.Server.Configuration;
using RealtimeCollab.Sessions;
using RealtimeCollab.Sessions.Chat;

namespace RealtimeCollab.Server.Chat;

/// <summary>
/// Lets connections into rooms and out again. Joins and leaves of one connection happen one after another, so that calls that
/// overlap cannot leave it half in.
/// </summary>
internal sealed class RoomMembers(
    ChatRooms rooms,
    RoomDirectory directory,
    ChatReader reader,
    ChatConnections connections,
    IHubContext<ChatHub> hub,
    IOptions<RealtimeCollabOptions> options)
{
    private readonly ServerLimits _limits = options.Value.Limits;

    public async Task<RoomSnapshot> JoinAsync(ChatConnection connection, JoinRoomRequest request)
    {
        connection.Joins.Take();
        using var turn = await connection.EnterTurnAsync();
        var joined = await EnterAsync(connection, request.RoomId);
        try
        {
            // in the group before anything is read: what is stored in between arrives twice, never not at all
            await joined.Place.TakeAsync(() => hub.Groups.AddToGroupAsync(connection.ConnectionId, request.RoomId, connection.Aborted));
            var snapshot = await reader.ReadSnapshotAsync(connection, joined, request);
            connection.Add(joined);
            return snapshot;
        }
        catch when (connection.Find(request.RoomId) is null)
        {
            await LeaveAsync(connection, joined);
            throw;
        }
    }

    public Task LeaveAsync(ChatConnection connection, string roomId) => LeaveAsync(connection, roomId, connection.Aborted);

    public async Task LeaveAsync(ChatConnection connection, string roomId, CancellationToken cancellationToken)
    {
        using var turn = await connection.EnterTurnAsync(cancellationToken);
        // leaving what was not joined is no error: after a reconnect a client cannot know
        if (connection.Find(roomId) is { } joined)
            await LeaveAsync(connection, joined);
    }

    /// <summary>Takes all connections of a user out of a room; those of this node, others go when they next ask for something.</summary>
    public async Task ExpelAsync(string userId, string roomId)
    {
        // of all of them, because one may be about to join with the right that it had
        foreach (var connection in connections.All.Where(connection => connection.Identity.UserId == userId))
        {
            try
            {
                await LeaveAsync(connection, roomId);
            }
            catch (OperationCanceledException) when (connection.Aborted.IsCancellationRequested)
            {
                // it has gone by itself
            }
        }
    }

    /// <summary>Looks after what the user may still read, and leaves the rest. Returns those of the rooms that the connection is in then.</summary>
    public async Task<IReadOnlyList<JoinedRoom>> KeepReadableAsync(ChatConnection connection, IReadOnlyList<string> roomIds)
    {
        if (roomIds.Count > _limits.DocumentsPerConnection)
            throw CollabException.InvalidRequest($"roomIds has {roomIds.Count} ids; a connection may be in {_limits.DocumentsPerConnection} rooms.");
        var asked = roomIds.ToHashSet(StringComparer.Ordinal);
        var readable = new List<JoinedRoom>();
        foreach (var joined in connection.Joined)
        {
            if (!await MayReadAsync(joined, connection.Aborted))
                await LeaveAsync(connection, joined.RoomId);
            else if (asked.Contains(joined.RoomId))
                readable.Add(joined);
        }

        return readable;
    }

    private static async ValueTask<bool> MayReadAsync(JoinedRoom joined, CancellationToken cancellationToken)
    {
        try
        {
            return await joined.Actor.GetRoleAsync(cancellationToken) >= Sessions.Storage.Chat.RoomRole.Viewer;
        }
        catch (CollabException gone) when (gone.Error == CollabError.RoomNotFound)
        {
            return false;
        }
    }

    private async ValueTask<JoinedRoom> EnterAsync(ChatConnection connection, string roomId)
    {
        var present = connection.Find(roomId);
        if (present is null && connection.JoinedCount >= _limits.DocumentsPerConnection)
            throw CollabException.RateLimited($"The connection is in {connection.JoinedCount} rooms; {_limits.DocumentsPerConnection} are allowed.");
        try
        {
            var actor = await directory.EnterAsync(connection.User, roomId, connection.Aborted);
            if (present?.Key == actor.Room.Key)
            {
                present.Actor = actor;
                return present;
            }

            if (present is not null)
                await LeaveAsync(connection, present);
            return new JoinedRoom(await rooms.OpenAsync(actor.Room, connection.Aborted), actor);
        }
        catch (CollabException refusal) when (present is not null && refusal.Error is CollabError.PermissionDenied or CollabError.RoomNotFound)
        {
            await LeaveAsync(connection, present!);
            throw;
        }
    }

    private async Task LeaveAsync(ChatConnection connection, JoinedRoom joined)
    {
        connection.Remove(joined);
        await hub.Groups.RemoveFromGroupAsync(connection.ConnectionId, joined.RoomId, CancellationToken.None);
        joined.Room.Leave(connection.ConnectionId);
        joined.Dispose();
    }
}
