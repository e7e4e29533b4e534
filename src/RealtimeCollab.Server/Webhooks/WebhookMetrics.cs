using System.Diagnostics.Metrics;
using RealtimeCollab.Sessions.Storage.Webhooks;
using RealtimeCollab.Sessions.Telemetry;

namespace RealtimeCollab.Server.Webhooks;

/// <summary>Counts what endpoints are told. What waits is of all nodes, as it was when somebody last looked.</summary>
internal sealed class WebhookMetrics
{
    private readonly Counter<long> _delivered;
    private readonly Counter<long> _failed;
    private readonly Counter<long> _dead;
    private readonly TimeProvider _time;
    private volatile IReadOnlyList<WebhookBacklog> _backlogs = [];

    public WebhookMetrics(CollabMetrics metrics, TimeProvider time)
    {
        _time = time;
        _delivered = metrics.Meter.CreateCounter<long>("realtimecollab.webhooks.delivered", "{event}", "Events that endpoints have taken.");
        _failed = metrics.Meter.CreateCounter<long>("realtimecollab.webhooks.failed", "{attempt}", "Attempts that failed.");
        _dead = metrics.Meter.CreateCounter<long>("realtimecollab.webhooks.dead", "{event}", "Events that were given up.");
        metrics.Meter.CreateObservableGauge(
            "realtimecollab.webhooks.waiting", () => Measure(backlog => backlog.Waiting), "{event}", "Events that wait for an endpoint, of all nodes.");
        metrics.Meter.CreateObservableGauge(
            "realtimecollab.webhooks.oldest", () => Measure(AgeOf), "s", "How long ago the oldest event that waits happened.");
    }

    public void Delivered(string endpoint) => _delivered.Add(1, Tag(endpoint));

    public void Failed(string endpoint) => _failed.Add(1, Tag(endpoint));

    public void Died(string endpoint) => _dead.Add(1, Tag(endpoint));

    public void Measured(IReadOnlyList<WebhookBacklog> backlogs) => _backlogs = backlogs;

    private IEnumerable<Measurement<T>> Measure<T>(Func<WebhookBacklog, T> value)
        where T : struct => _backlogs.Select(backlog => new Measurement<T>(value(backlog), Tag(backlog.Endpoint)));

    private double AgeOf(WebhookBacklog backlog) =>
        backlog.Oldest is { } oldest ? Math.Max((_time.GetUtcNow() - oldest).TotalSeconds, 0) : 0;

    private static KeyValuePair<string, object?> Tag(string endpoint) => new("endpoint", endpoint);
}
