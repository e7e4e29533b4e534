using System.Diagnostics;
using RealtimeCollab.Sessions;
using RealtimeCollab.Sessions.Documents;
using RealtimeCollab.Sessions.Telemetry;

namespace RealtimeCollab.Server.Telemetry;

/// <summary>The span of a submission on the server: from its mailbox to its commit, in the trace of the client that sends it.</summary>
internal static class SubmitTrace
{
    /// <summary>Puts the submission into the mailbox before it returns, traced or not.</summary>
    public static Task<long> RunAsync(DocumentSession session, Submission submission) =>
        CollabTelemetry.Source.HasListeners() ? RunTracedAsync(session, submission) : session.SubmitAsync(submission);

    private static async Task<long> RunTracedAsync(DocumentSession session, Submission submission)
    {
        _ = ActivityContext.TryParse(submission.Traceparent, traceState: null, isRemote: true, out var client);
        using var span = CollabTelemetry.Source.StartActivity("realtimecollab.submit", ActivityKind.Server, client);
        span?.SetTag("realtimecollab.document.id", session.DocumentId).SetTag("realtimecollab.operation.id", submission.OperationId);
        try
        {
            var revision = await session.SubmitAsync(span is { Recorded: true } ? submission with { Traceparent = span.Id } : submission);
            span?.SetTag("realtimecollab.revision", revision);
            return revision;
        }
        catch (CollabException refusal)
        {
            span?.SetStatus(ActivityStatusCode.Error, refusal.Error.ToString());
            throw;
        }
    }
}
