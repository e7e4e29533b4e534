using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using RealtimeCollab.Protocol;
using RealtimeCollab.Server.Identity;
using RealtimeCollab.Server.Refusals;
using RealtimeCollab.Server.Telemetry;

namespace RealtimeCollab.Server.Http;

/// <summary>Turns what handlers throw into problem details with the contract's codes, as on the hubs.</summary>
internal sealed class ProblemFilter(RefusalMetrics metrics, ILogger<ProblemFilter> logger) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (Exception gone) when (gone is OperationCanceledException or IOException && context.HttpContext.RequestAborted.IsCancellationRequested)
        {
            // nobody is there to be told
            return Results.Empty;
        }
        catch (Exception exception)
        {
            var refusal = Refusal.From(exception);
            if (refusal.IsUnexpected)
                RefusalLog.Unexpected(logger, context.HttpContext.GetEndpoint()?.DisplayName ?? "HTTP", exception);
            metrics.Count(refusal.Code);
            return Problems.Create(StatusOf(refusal.Code), refusal.Code, refusal.Message);
        }
    }

    private static int StatusOf(string code) => code switch
    {
        ErrorCodes.InvalidRequest or ErrorCodes.InvalidOperation => StatusCodes.Status400BadRequest,
        ErrorCodes.Unauthenticated => StatusCodes.Status401Unauthorized,
        ErrorCodes.PermissionDenied => StatusCodes.Status403Forbidden,
        ErrorCodes.DocumentNotFound or ErrorCodes.SessionNotFound => StatusCodes.Status404NotFound,
        ErrorCodes.RevisionAhead => StatusCodes.Status409Conflict,
        ErrorCodes.RevisionTooOld => StatusCodes.Status410Gone,
        ErrorCodes.PayloadTooLarge or ErrorCodes.DocumentTooLarge => StatusCodes.Status413PayloadTooLarge,
        ErrorCodes.RateLimited => StatusCodes.Status429TooManyRequests,
        ErrorCodes.StoreUnavailable or ErrorCodes.ServerDraining => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status500InternalServerError,
    };
}
