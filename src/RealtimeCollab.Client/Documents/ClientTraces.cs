using System.Diagnostics;
using RealtimeCollab.Protocol.Documents;

namespace RealtimeCollab.Client;

/// <summary>
/// The activity source <c>RealtimeCollab.Client</c>: a span for each operation that is sent, whose context travels with it, and one for each
/// that is received, in the trace of whoever sent it.
/// </summary>
internal static class ClientTraces
{
    private static readonly ActivitySource Source = new("RealtimeCollab.Client");

    /// <summary>Null while nobody listens.</summary>
    public static Activity? StartSubmit(SubmitOperationRequest request) =>
        Source.StartActivity("realtimecollab.client.submit", ActivityKind.Client)?
            .SetTag("realtimecollab.document.id", request.DocumentId)
            .SetTag("realtimecollab.operation.id", request.OperationId);

    /// <summary>The request as it is sent within a span.</summary>
    public static SubmitOperationRequest In(this SubmitOperationRequest request, Activity? span) =>
        span is { Recorded: true } ? request with { Traceparent = span.Id } : request;

    public static void Receive(OperationBatch batch)
    {
        if (!Source.HasListeners())
            return;
        foreach (var entry in batch.Operations)
        {
            if (!ActivityContext.TryParse(entry.Traceparent, traceState: null, isRemote: true, out var sent))
                continue;
            using var span = Source.StartActivity("realtimecollab.client.receive", ActivityKind.Consumer, sent);
            span?.SetTag("realtimecollab.document.id", batch.DocumentId).SetTag("realtimecollab.revision", entry.Revision);
        }
    }
}
