using Microsoft.AspNetCore.SignalR;
using RealtimeCollab.Protocol.Presence;
using RealtimeCollab.Server.Access;
using RealtimeCollab.Server.Connections;
using RealtimeCollab.Server.Hubs;
using RealtimeCollab.Server.Limits;
using RealtimeCollab.Sessions;
using RealtimeCollab.Sessions.Presence;
using RealtimeCollab.Sessions.Presence.Watching;

namespace RealtimeCollab.Server.Presence;

/// <summary>What a connection to the presence hub watches.</summary>
internal sealed class PresenceHubConnection : CollabConnection
{
    /// <summary>Of any method, twice as many in a burst: people do not set their status, nor scroll through lists, faster.</summary>
    private const int CallsPerSecond = 20;

    private const int IdsPerCall = 500;

    private readonly TokenBucket _calls;

    public PresenceHubConnection(
        HubCallerContext context,
        ClientIdentity identity,
        PresenceConnection presence,
        IPresenceClient client,
        ReadableDocuments documents,
        PresenceTracker tracker,
        TimeProvider time)
        : base(context, identity, presence)
    {
        _calls = new TokenBucket(CallsPerSecond, time);
        (Documents, View) = (documents, new PresenceView(documents));
        var feed = new PresenceFeed(client, documents, View);
        Watcher = tracker.OpenWatcher((batch, stopping) => feed.SendAsync(Watcher!, batch, stopping));
    }

    public PresenceWatcher Watcher { get; }

    public ReadableDocuments Documents { get; }

    public PresenceView View { get; }

    /// <param name="ids">How many users and documents it names: a long list counts as several calls.</param>
    /// <exception cref="CollabException"><see cref="CollabError.RateLimited"/>: too many calls.</exception>
    public void CountCall(int ids = 0)
    {
        using var lease = _calls.AttemptAcquire(1 + (ids / IdsPerCall));
        if (!lease.IsAcquired)
            throw CollabException.RateLimited($"More than {CallsPerSecond} calls a second; each {IdsPerCall} ids count as one.");
    }

    protected override void LeaveAll()
    {
        Watcher.Dispose();
        _calls.Dispose();
    }
}
