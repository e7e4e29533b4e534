using Microsoft.AspNetCore.SignalR;
using RealtimeCollab.Server.Connections;
using RealtimeCollab.Server.Hubs;
using RealtimeCollab.Server.Limits;
using RealtimeCollab.Sessions.Presence;

namespace RealtimeCollab.Server.Chat;

/// <summary>The connections to the chat hub.</summary>
internal sealed class ChatConnections(ClientRegistry clients, PresenceTracker tracker, ConnectionSeats seats, Rates rates)
    : HubConnections<ChatConnection>(nameof(ChatHub), clients, tracker, seats)
{
    protected override ChatConnection Create(HubCallerContext context, ClientIdentity identity, PresenceConnection presence) =>
        new(context, identity, presence, rates);
}
