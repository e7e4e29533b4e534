using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using RealtimeCollab.Server.Hubs;
using RealtimeCollab.Sessions;
using RealtimeCollab.Sessions.Storage;

namespace RealtimeCollab.Server.Health;

/// <summary>Ready means that the store answers, and soon, and that the node is not about to stop.</summary>
internal sealed partial class StoreHealthCheck(IOperationLog log, NodeState node, TimeProvider time, ILogger<StoreHealthCheck> logger) : IHealthCheck
{
    /// <summary>Not a document's id, so that no document is ever asked for.</summary>
    private const string NoDocument = "";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (node.IsDraining)
            return new HealthCheckResult(context.Registration.FailureStatus, "The server is stopping.");
        try
        {
            await log.FindAsync(NoDocument, cancellationToken).AsTask().WaitAsync(Patience, time, cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (Exception exception) when (exception is CollabException or TimeoutException)
        {
            NotReady(logger, exception);
            return new HealthCheckResult(context.Registration.FailureStatus, "The store does not answer.");
        }
    }

    [LoggerMessage(ServerEventIds.StoreNotReady, LogLevel.Warning, "The store does not answer.")]
    private static partial void NotReady(ILogger logger, Exception exception);
}
