using System.Collections.Concurrent;
using Microsoft.AspNetCore.SignalR;
using RealtimeCollab.Server.Connections;
using RealtimeCollab.Server.Identity;
using RealtimeCollab.Server.Limits;
using RealtimeCollab.Sessions.Presence;

namespace RealtimeCollab.Server.Hubs;

/// <summary>Opens and closes the state of connections to one hub.</summary>
/// <param name="hub">The hub's name: a user's connections are counted for each hub.</param>
/// <param name="clients">Who has which client id on this node.</param>
/// <param name="tracker">Who is here.</param>
/// <param name="seats">How many connections there may be.</param>
internal abstract class HubConnections<TConnection>(string hub, ClientRegistry clients, PresenceTracker tracker, ConnectionSeats seats)
    where TConnection : CollabConnection
{
    private readonly ConcurrentDictionary<string, TConnection> _open = new(StringComparer.Ordinal);

    /// <summary>All that are open on this node.</summary>
    public IEnumerable<TConnection> All => _open.Select(entry => entry.Value);

    /// <summary>How many are open on this node.</summary>
    public int Count => _open.Count;

    /// <summary>The state of a connection that was opened.</summary>
    /// <exception cref="OperationCanceledException">The connection is closed: calls that were under way may come to this.</exception>
    public TConnection Of(HubCallerContext context) =>
        _open.GetValueOrDefault(context.ConnectionId) ?? throw new OperationCanceledException("The connection is closed.");

    /// <exception cref="Sessions.CollabException">The client's id or label is malformed, or the user or the address has too many connections.</exception>
    public TConnection Open(HubCallerContext context)
    {
        var query = context.GetHttpContext()?.Request.Query;
        var wanted = Require.OptionalId(query?["clientId"].ToString(), "clientId");
        var device = Require.OptionalLabel(query?["device"].ToString(), "device");
        var userId = CollabIdentity.GetUserId(context.User!);
        var seat = seats.Take(hub, userId, context.GetHttpContext()?.Connection.RemoteIpAddress);
        var clientId = clients.Admit(userId, wanted);
        var identity = new ClientIdentity(clientId, userId, CollabIdentity.GetUserName(context.User!), device);
        var presence = tracker.Connect(new PresenceIdentity(userId, identity.UserName, clientId, device));
        var connection = Create(context, identity, presence);
        connection.Seat = seat;
        _open[context.ConnectionId] = connection;
        return connection;
    }

    /// <summary>Leaves all that the connection is in.</summary>
    /// <param name="context">The connection.</param>
    /// <param name="cause">Why it ended; SignalR cancels one from which nothing came for too long.</param>
    public async Task CloseAsync(HubCallerContext context, Exception? cause)
    {
        // one that was refused has nothing open
        if (!_open.TryRemove(context.ConnectionId, out var connection))
            return;
        connection.Presence.Close(wasSilent: cause is OperationCanceledException);
        await connection.CloseAsync();
        clients.Release(connection.Identity.ClientId);
        connection.Seat?.Dispose();
    }

    /// <summary>Makes the state of a connection that was admitted.</summary>
    protected abstract TConnection Create(HubCallerContext context, ClientIdentity identity, PresenceConnection presence);
}
