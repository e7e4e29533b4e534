using System.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;
using RealtimeCollab.Server.Chat;
using RealtimeCollab.Server.Documents;
using RealtimeCollab.Server.Followers;
using RealtimeCollab.Server.Presence;
using RealtimeCollab.Sessions.Chat;
using RealtimeCollab.Sessions.Documents;
using RealtimeCollab.Sessions.Presence;
using RealtimeCollab.Sessions.Telemetry;

namespace RealtimeCollab.Server.Telemetry;

/// <summary>What a node has open, looked at when somebody asks.</summary>
internal sealed class NodeGauges(
    CollabMetrics metrics,
    NodeStatistics statistics,
    DocumentConnections documentConnections,
    ChatConnections chatConnections,
    PresenceHubConnections presenceConnections,
    DocumentSessions documents,
    ChatRooms rooms,
    FollowerRegistry followers,
    PresenceTracker presence) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        metrics.Meter.CreateObservableUpDownCounter("realtimecollab.connections", CountConnections, "{connection}", "Open connections, by hub.");
        metrics.Meter.CreateObservableUpDownCounter("realtimecollab.sessions.open", CountSessions, "{session}", "Documents and rooms in memory, by kind.");
        metrics.Meter.CreateObservableUpDownCounter("realtimecollab.presence.users", () => presence.LocalUserCount, "{user}", "Users with devices on this node.");
        metrics.Meter.CreateObservableUpDownCounter("realtimecollab.sse.followers", () => followers.Count, "{follower}", "Open event streams.");
        statistics.Start();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private IEnumerable<Measurement<int>> CountConnections() =>
    [
        Measure(documentConnections.Count, "hub", "document"),
        Measure(chatConnections.Count, "hub", "chat"),
        Measure(presenceConnections.Count, "hub", "presence"),
    ];

    private IEnumerable<Measurement<int>> CountSessions() =>
    [
        Measure(documents.Count, "kind", "document"),
        Measure(rooms.Count, "kind", "room"),
    ];

    private static Measurement<int> Measure(int value, string name, string tag) => new(value, new KeyValuePair<string, object?>(name, tag));
}
