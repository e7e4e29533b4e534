using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;
using RealtimeCollab.Protocol;
using RealtimeCollab.Server.Configuration;
using RealtimeCollab.Server.Connections;
using RealtimeCollab.Server.Hubs;
using RealtimeCollab.Sessions.Presence;

namespace RealtimeCollab.Server.Documents;

/// <summary>The connections to the document hub.</summary>
internal sealed class DocumentConnections(
    ClientRegistry clients, PresenceTracker tracker, IOptions<RealtimeCollabOptions> options, TimeProvider time)
    : HubConnections<DocumentConnection>(nameof(DocumentHub), clients, tracker, options)
{
    private readonly ServerLimits _limits = options.Value.Limits;

    protected override DocumentConnection Create(HubCallerContext context, ClientIdentity identity, PresenceConnection presence) =>
        new(context, identity, presence, _limits, time);
}
