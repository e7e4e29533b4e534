using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;
using RealtimeCollab.Protocol;
using RealtimeCollab.Server.Configuration;
using RealtimeCollab.Server.Connections;
using RealtimeCollab.Server.Hubs;

namespace RealtimeCollab.Server.Documents;

/// <summary>The connections to the document hub.</summary>
internal sealed class DocumentConnections(ClientRegistry clients, IOptions<RealtimeCollabOptions> options, TimeProvider time)
    : HubConnections<DocumentConnection>(nameof(DocumentHub), clients, options)
{
    private readonly ServerLimits _limits = options.Value.Limits;

    protected override DocumentConnection Create(HubCallerContext context, ClientIdentity identity) =>
        new(context, identity, _limits, time);
}
