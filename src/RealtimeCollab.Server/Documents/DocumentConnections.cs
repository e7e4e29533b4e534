using Microsoft.AspNetCore.SignalR;
using RealtimeCollab.Server.Connections;
using RealtimeCollab.Server.Hubs;
using RealtimeCollab.Server.Limits;
using RealtimeCollab.Sessions.Presence;

namespace RealtimeCollab.Server.Documents;

/// <summary>The connections to the document hub.</summary>
internal sealed class DocumentConnections(ClientRegistry clients, PresenceTracker tracker, ConnectionSeats seats, Rates rates)
    : HubConnections<DocumentConnection>(nameof(DocumentHub), clients, tracker, seats)
{
    protected override DocumentConnection Create(HubCallerContext context, ClientIdentity identity, PresenceConnection presence) =>
        new(context, identity, presence, rates);
}
