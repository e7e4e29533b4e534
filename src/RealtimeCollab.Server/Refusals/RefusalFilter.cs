using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Logging;
using RealtimeCollab.OperationalTransform;
using RealtimeCollab.Protocol;
using RealtimeCollab.Protocol.Chat;
using RealtimeCollab.Protocol.Documents;
using RealtimeCollab.Server.Telemetry;
using RealtimeCollab.Sessions;

namespace RealtimeCollab.Server.Refusals;

/// <summary>
/// Turns what hub methods throw into the contract's errors: the call fails with <c>code: text</c>, and the caller's Error is
/// raised too, for those who do not wait for results.
/// </summary>
internal sealed class RefusalFilter(RefusalMetrics metrics, ILogger<RefusalFilter> logger) : IHubFilter
{
    public async ValueTask<object?> InvokeMethodAsync(
        HubInvocationContext invocationContext, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        var request = invocationContext.HubMethodArguments is [var only] ? only : null;
        try
        {
            if (request is null)
                throw CollabException.InvalidRequest($"{invocationContext.HubMethodName} takes one object.");
            return await next(invocationContext);
        }
        catch (Exception exception) when (!invocationContext.Context.ConnectionAborted.IsCancellationRequested)
        {
            var refusal = ToRefusal(exception, invocationContext.HubMethodName);
            await RaiseAsync(invocationContext.Hub, refusal, request);
            throw new HubException(refusal.ToString(), exception);
        }
        catch (Exception exception) when (exception is OperationCanceledException or CollabException or OperationException)
        {
            // nobody is there to be told; of any other exception SignalR would log that the method failed
            throw new HubException("The connection is gone.", exception);
        }
    }

    public async Task OnConnectedAsync(HubLifetimeContext context, Func<HubLifetimeContext, Task> next)
    {
        try
        {
            await next(context);
        }
        catch (Exception exception) when (!context.Context.ConnectionAborted.IsCancellationRequested)
        {
            var refusal = ToRefusal(exception, nameof(OnConnectedAsync));
            await RaiseAsync(context.Hub, refusal, request: null);
            if (refusal.IsUnexpected)
                throw new HubException(refusal.ToString(), exception);
            // without an exception, which SignalR would log as a failure: anybody could fill the log with those
            context.Context.Abort();
        }
    }

    private Refusal ToRefusal(Exception exception, string method)
    {
        var refusal = Refusal.From(exception);
        if (refusal.IsUnexpected)
            RefusalLog.Unexpected(logger, method, exception);
        metrics.Count(refusal.Code);
        return refusal;
    }

    private static Task RaiseAsync(Hub hub, Refusal refusal, object? request) =>
        hub.Clients.Caller.SendAsync(nameof(ICollabClient.Error), new ErrorMessage
        {
            Code = refusal.Code,
            Message = refusal.Message,
            Details = refusal.Details,
            DocumentId = (request as IDocumentRequest)?.DocumentId,
            OperationId = (request as SubmitOperationRequest)?.OperationId,
            RoomId = (request as IRoomRequest)?.RoomId,
            ClientMessageId = (request as SendMessageRequest)?.ClientMessageId,
        });
}
