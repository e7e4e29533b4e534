using RealtimeCollab.Protocol.Presence;
using RealtimeCollab.Server.Hubs;

namespace RealtimeCollab.Server.Presence;

/// <summary>
/// The entrance at <c>/hubs/presence</c>: checks the form of a request and hands it on. Keeps nothing; what a connection watches is
/// its <see cref="PresenceHubConnection"/>.
/// </summary>
internal sealed class PresenceHub(PresenceHubConnections connections, Welcome welcome, PresenceReader reader)
    : CollabHub<IPresenceClient, PresenceHubConnection>(connections, welcome), IPresenceHub
{
    public Task SetStatus(SetStatusRequest request)
    {
        var text = Require.StatusText(request.Text);
        Connection.CountCall();
        Connection.Presence.SetStatus(PresenceMapping.ToAvailability(request.Status), text);
        return Task.CompletedTask;
    }

    public Task<PresenceUsers> Watch(WatchRequest request)
    {
        var (userIds, documentIds) = (Require.UserIds(request.UserIds), Require.DocumentIds(request.DocumentIds));
        Connection.CountCall(userIds.Count + documentIds.Count);
        return reader.WatchAsync(Connection, userIds, documentIds);
    }

    public Task Unwatch(UnwatchRequest request)
    {
        var (userIds, documentIds) = (Require.UserIds(request.UserIds), Require.DocumentIds(request.DocumentIds));
        Connection.CountCall(userIds.Count + documentIds.Count);
        if (request.UserIds is null && request.DocumentIds is null)
            Connection.Watcher.UnwatchAll();
        else
            Connection.Watcher.Unwatch(userIds, documentIds);
        return Task.CompletedTask;
    }

    public Task<PresenceUsers> GetPresence(GetPresenceRequest request)
    {
        var userIds = Require.UserIds(request.UserIds);
        Connection.CountCall(userIds.Count);
        return reader.GetAsync(Connection, userIds);
    }

    public Task Heartbeat(PresenceHeartbeatRequest request)
    {
        Connection.CountCall();
        Connection.Presence.Beat(request.Active);
        return Task.CompletedTask;
    }
}
