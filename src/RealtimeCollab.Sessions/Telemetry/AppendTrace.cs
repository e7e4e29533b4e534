using System.Diagnostics;
using RealtimeCollab.Sessions.Documents;
using RealtimeCollab.Sessions.Storage;

namespace RealtimeCollab.Sessions.Telemetry;

/// <summary>The span of an append: a child of the first traced operation in the batch, and linked with the others.</summary>
internal static class AppendTrace
{
    /// <summary>Null while nobody listens, or no operation of the batch is traced.</summary>
    public static Activity? Start(string documentId, StagedBatch staged)
    {
        if (!CollabTelemetry.Source.HasListeners())
            return null;
        ActivityContext parent = default;
        List<ActivityLink>? links = null;
        foreach (var entry in staged.Entries)
        {
            if (!ActivityContext.TryParse(entry.Traceparent, traceState: null, out var context))
                continue;
            if (parent == default)
                parent = context;
            else
                (links ??= []).Add(new ActivityLink(context));
        }

        return parent == default
            ? null
            : CollabTelemetry.Source.StartActivity("realtimecollab.append", ActivityKind.Internal, parent, links: links)?
                .SetTag("realtimecollab.document.id", documentId)
                .SetTag("realtimecollab.batch.size", staged.Entries.Count);
    }

    public static void End(this Activity? activity, AppendOutcome? outcome)
    {
        if (activity is null)
            return;
        if (outcome is not AppendOutcome.Appended)
            activity.SetStatus(ActivityStatusCode.Error, outcome is null ? "unknown" : "conflict");
        activity.Dispose();
    }
}
