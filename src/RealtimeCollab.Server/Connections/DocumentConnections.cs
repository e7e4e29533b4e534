using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;
using RealtimeCollab.Protocol;
using RealtimeCollab.Server.Configuration;
using RealtimeCollab.Server.Documents;
using RealtimeCollab.Server.Identity;

namespace RealtimeCollab.Server.Connections;

/// <summary>Opens and closes the state of connections to the document hub.</summary>
internal sealed class DocumentConnections(ClientRegistry clients, IOptions<RealtimeCollabOptions> options, TimeProvider time)
{
    private static readonly object Key = new();

    private readonly ServerLimits _limits = options.Value.Limits;

    /// <summary>The state of a connection that was opened.</summary>
    public static DocumentConnection Of(HubCallerContext context) => (DocumentConnection)context.Items[Key]!;

    /// <exception cref="Sessions.CollabException">The client's id or label is malformed, or the user has too many connections.</exception>
    public DocumentConnection Open(HubCallerContext context)
    {
        var query = context.GetHttpContext()?.Request.Query;
        var wanted = Require.OptionalId(query?["clientId"].ToString(), "clientId");
        var device = Require.OptionalLabel(query?["device"].ToString(), "device");
        var userId = CollabIdentity.GetUserId(context.User!);
        var clientId = clients.Admit(userId, wanted, _limits.ConnectionsPerUser);
        var identity = new ClientIdentity(clientId, userId, CollabIdentity.GetUserName(context.User!), device);
        var connection = new DocumentConnection(context, identity, _limits, time);
        context.Items[Key] = connection;
        return connection;
    }

    public async Task CloseAsync(HubCallerContext context)
    {
        var connection = Of(context);
        await connection.CloseAsync();
        clients.Release(connection.Identity.UserId, connection.Identity.ClientId);
    }
}
