using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;
using RealtimeCollab.Protocol;
using RealtimeCollab.Server.Configuration;
using RealtimeCollab.Server.Connections;
using RealtimeCollab.Server.Hubs;
using RealtimeCollab.Sessions.Presence;

namespace RealtimeCollab.Server.Chat;

/// <summary>The connections to the chat hub.</summary>
internal sealed class ChatConnections(
    ClientRegistry clients, PresenceTracker tracker, IOptions<RealtimeCollabOptions> options, TimeProvider time)
    : HubConnections<ChatConnection>(nameof(ChatHub), clients, tracker, options)
{
    private readonly ServerLimits _limits = options.Value.Limits;

    protected override ChatConnection Create(HubCallerContext context, ClientIdentity identity, PresenceConnection presence) =>
        new(context, identity, presence, _limits, time);
}
