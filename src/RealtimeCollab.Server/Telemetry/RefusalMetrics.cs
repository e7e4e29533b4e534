using System.Diagnostics.Metrics;
using RealtimeCollab.Sessions.Telemetry;

namespace RealtimeCollab.Server.Telemetry;

/// <summary>Counts what is refused, on the hubs and over HTTP.</summary>
internal sealed class RefusalMetrics(CollabMetrics metrics)
{
    private readonly Counter<long> _refusals = metrics.Meter.CreateCounter<long>("realtimecollab.refusals", "{refusal}", "Calls and requests refused, by the contract's code.");

    public void Count(string code) => _refusals.Add(1, new KeyValuePair<string, object?>("code", code));
}
