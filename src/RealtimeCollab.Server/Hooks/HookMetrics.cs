using System.Diagnostics.Metrics;
using RealtimeCollab.Sessions.Telemetry;

namespace RealtimeCollab.Server.Hooks;

/// <summary>Counts what goes wrong with the application's hooks.</summary>
internal sealed class HookMetrics(CollabMetrics metrics)
{
    private readonly Counter<long> _failures = metrics.Meter.CreateCounter<long>("realtimecollab.hooks.failures", "{call}", "Calls of hooks that threw, or took too long, by kind.");
    private readonly Counter<long> _dropped = metrics.Meter.CreateCounter<long>("realtimecollab.hooks.dropped", "{batch}", "Commits that hooks do not hear of, because their queue was full.");

    public void CountFailure(Type kind) => _failures.Add(1, new KeyValuePair<string, object?>("hook", NameOf(kind)));

    public void CountDropped() => _dropped.Add(1);

    private static string NameOf(Type kind) =>
        kind == typeof(IDocumentLoadHook) ? "load" : kind == typeof(IOperationHook) ? "operation" : "commit";
}
