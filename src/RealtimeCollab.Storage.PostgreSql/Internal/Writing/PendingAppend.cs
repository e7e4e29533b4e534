using RealtimeCollab.Sessions;
using RealtimeCollab.Sessions.Storage;

namespace RealtimeCollab.Storage.PostgreSql.Internal.Writing;

/// <summary>A batch that waits for the appender, which alone ends it.</summary>
internal sealed class PendingAppend(AppendBatch batch, CancellationToken cancellationToken)
{
    // the appender has others to serve: whoever waits goes on elsewhere
    private readonly TaskCompletionSource<AppendOutcome> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public AppendBatch Batch => batch;

    /// <summary>The operations as they are stored, made by the caller's thread.</summary>
    public byte[][] Operations { get; } = [.. batch.Entries.Select(entry => entry.Operation.ToUtf8Json())];

    public Task<AppendOutcome> Task => _completion.Task;

    /// <summary>False if the caller gave up before the appender came to it: then it is over, with nothing written.</summary>
    public bool TryBegin()
    {
        if (!cancellationToken.IsCancellationRequested)
            return true;

        _completion.TrySetCanceled(cancellationToken);
        return false;
    }

    public void Complete(AppendOutcome outcome) => _completion.TrySetResult(outcome);

    public void Fail(Exception cause)
    {
        _completion.TrySetException(CollabException.StoreUnavailable(cause));
        // the caller may have given up meanwhile, then nobody else looks at it
        _ = _completion.Task.Exception;
    }
}
