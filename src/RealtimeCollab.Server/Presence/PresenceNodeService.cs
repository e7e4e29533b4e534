using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RealtimeCollab.Sessions.Presence;
using RealtimeCollab.Sessions.Presence.Nodes;

namespace RealtimeCollab.Server.Presence;

/// <summary>Joins this node's presence with that of the others while the server runs.</summary>
internal sealed class PresenceNodeService(
    PresenceTracker tracker, IPresenceStore store, PresenceOptions options, TimeProvider time, ILogger<PresenceNode> logger) : IHostedService, IDisposable
{
    private PresenceNode? _node;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _node = new PresenceNode(tracker, store, options, time, logger);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    public void Dispose() => _node?.Dispose();
}
