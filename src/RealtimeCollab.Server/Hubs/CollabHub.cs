using Microsoft.AspNetCore.SignalR;
using RealtimeCollab.Protocol;

namespace RealtimeCollab.Server.Hubs;

/// <summary>What all hubs have in common: a connection is admitted and greeted, and let go when it ends.</summary>
internal abstract class CollabHub<TClient, TConnection>(HubConnections<TConnection> connections, Welcome welcome) : Hub<TClient>
    where TClient : class, ICollabClient
    where TConnection : CollabConnection
{
    /// <summary>The caller's.</summary>
    protected TConnection Connection => connections.Of(Context);

    public override async Task OnConnectedAsync()
    {
        var connection = connections.Open(Context);
        try
        {
            await Clients.Caller.Welcome(welcome.For(connection.Identity));
        }
        catch (Exception cause)
        {
            // SignalR tells a hub of the end of those connections only that it let in
            await connections.CloseAsync(Context, cause);
            throw;
        }
    }

    public override Task OnDisconnectedAsync(Exception? exception) => connections.CloseAsync(Context, exception);
}
