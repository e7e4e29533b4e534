using System.Diagnostics.Metrics;
using RealtimeCollab.Sessions.Telemetry;

namespace RealtimeCollab.Server.Delivery;

/// <summary>Counts those who were cut.</summary>
internal sealed class DeliveryMetrics(CollabMetrics metrics)
{
    private readonly Counter<long> _cuts = metrics.Meter.CreateCounter<long>(
        "realtimecollab.slow_consumer.cuts", "{connection}", "Connections and event streams cut because they did not read.");

    public void CountCut() => _cuts.Add(1);
}
