using Microsoft.AspNetCore.SignalR.Client;
using RealtimeCollab.Protocol.Presence;

namespace RealtimeCollab.Client.Hubs;

/// <summary>The server's presence hub as an object, as <see cref="DocumentHubProxy"/> is the document hub.</summary>
public sealed class PresenceHubProxy(HubConnection connection) : IPresenceHub
{
    /// <inheritdoc/>
    public Task SetStatus(SetStatusRequest request) => connection.CallAsync<object?>(nameof(IPresenceHub.SetStatus), request);

    /// <inheritdoc/>
    public Task<PresenceUsers> Watch(WatchRequest request) => connection.CallAsync<PresenceUsers>(nameof(IPresenceHub.Watch), request);

    /// <inheritdoc/>
    public Task Unwatch(UnwatchRequest request) => connection.CallAsync<object?>(nameof(IPresenceHub.Unwatch), request);

    /// <inheritdoc/>
    public Task<PresenceUsers> GetPresence(GetPresenceRequest request) => connection.CallAsync<PresenceUsers>(nameof(IPresenceHub.GetPresence), request);

    /// <inheritdoc/>
    public Task Heartbeat(PresenceHeartbeatRequest request) => connection.CallAsync<object?>(nameof(IPresenceHub.Heartbeat), request);
}
