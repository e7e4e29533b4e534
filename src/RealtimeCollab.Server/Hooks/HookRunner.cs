using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using RealtimeCollab.Server.Configuration;
using RealtimeCollab.Sessions;

namespace RealtimeCollab.Server.Hooks;

/// <summary>Calls hooks, each for as long as <see cref="HookOptions.TimeLimit"/> lets it; counts and logs those that fail.</summary>
internal sealed class HookRunner(IOptions<RealtimeCollabOptions> options, HookMetrics metrics, TimeProvider time, ILogger<HookRunner> logger)
{
    private readonly TimeSpan _limit = options.Value.Hooks.TimeLimit;

    /// <summary>Asks one hook after another until one refuses. One that fails has not agreed.</summary>
    /// <exception cref="CollabException">The refusal, or <see cref="CollabError.OperationFailed"/>.</exception>
    public async ValueTask AskAsync<THook>(
        HookSet<THook> hooks, string documentId, Func<THook, CancellationToken, ValueTask> ask, CancellationToken cancellationToken)
        where THook : class
    {
        foreach (var hook in hooks.Hooks)
        {
            try
            {
                await RunAsync(hook, ask, cancellationToken);
            }
            catch (CollabException)
            {
                throw;
            }
            catch (Exception failure) when (failure is not OutOfMemoryException && !cancellationToken.IsCancellationRequested)
            {
                CountFailure(hook, documentId, failure);
                throw CollabException.OperationFailed();
            }
        }
    }

    /// <summary>Tells all hooks, whatever becomes of the others.</summary>
    public async ValueTask TellAsync<THook>(
        HookSet<THook> hooks, string documentId, Func<THook, CancellationToken, ValueTask> tell, CancellationToken cancellationToken)
        where THook : class
    {
        foreach (var hook in hooks.Hooks)
        {
            try
            {
                await RunAsync(hook, tell, cancellationToken);
            }
            catch (Exception failure) when (failure is not OutOfMemoryException && !cancellationToken.IsCancellationRequested)
            {
                CountFailure(hook, documentId, failure);
            }
        }
    }

    /// <summary>One that goes on after its time is left to itself.</summary>
    private async Task RunAsync<THook>(THook hook, Func<THook, CancellationToken, ValueTask> call, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(_limit, time);
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        await call(hook, limited.Token).AsTask().WaitAsync(limited.Token);
    }

    private void CountFailure<THook>(THook hook, string documentId, Exception failure)
    {
        metrics.CountFailure(typeof(THook));
        HookLog.Failed(logger, hook!.GetType().Name, documentId, failure);
    }
}
