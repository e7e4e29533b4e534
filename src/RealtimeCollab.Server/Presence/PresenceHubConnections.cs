using Microsoft.AspNetCore.SignalR;
using RealtimeCollab.Protocol.Presence;
using RealtimeCollab.Server.Access;
using RealtimeCollab.Server.Connections;
using RealtimeCollab.Server.Hubs;
using RealtimeCollab.Server.Limits;
using RealtimeCollab.Sessions.Presence;
using RealtimeCollab.Sessions.Storage;

namespace RealtimeCollab.Server.Presence;

/// <summary>The connections to the presence hub.</summary>
internal sealed class PresenceHubConnections(
    ClientRegistry clients,
    PresenceTracker tracker,
    IHubContext<PresenceHub, IPresenceClient> hub,
    IOperationLog documents,
    DocumentRoles roles,
    ConnectionSeats seats,
    TimeProvider time)
    : HubConnections<PresenceHubConnection>(nameof(PresenceHub), clients, tracker, seats)
{
    private readonly PresenceTracker _tracker = tracker;

    protected override PresenceHubConnection Create(HubCallerContext context, ClientIdentity identity, PresenceConnection presence)
    {
        var readable = new ReadableDocuments(context.User!, documents, roles, time);
        return new PresenceHubConnection(context, identity, presence, hub.Clients.Client(context.ConnectionId), readable, _tracker, time);
    }
}
