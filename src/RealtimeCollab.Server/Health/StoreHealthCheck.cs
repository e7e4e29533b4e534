using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using RealtimeCollab.Sessions;
using RealtimeCollab.Sessions.Storage;

namespace RealtimeCollab.Server.Health;

/// <summary>Ready means that the store answers.</summary>
internal sealed partial class StoreHealthCheck(IOperationLog log, ILogger<StoreHealthCheck> logger) : IHealthCheck
{
    /// <summary>Not a document's id, so that no document is ever asked for.</summary>
    private const string NoDocument = "";

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await log.FindAsync(NoDocument, cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (CollabException exception)
        {
            NotReady(logger, exception);
            return new HealthCheckResult(context.Registration.FailureStatus, "The store does not answer.");
        }
    }

    [LoggerMessage(ServerEventIds.StoreNotReady, LogLevel.Warning, "The store does not answer.")]
    private static partial void NotReady(ILogger logger, Exception exception);
}
