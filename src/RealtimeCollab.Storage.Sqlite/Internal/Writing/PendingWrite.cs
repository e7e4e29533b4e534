using RealtimeCollab.Sessions;

namespace RealtimeCollab.Storage.Sqlite.Internal.Writing;

/// <summary>Something that waits for the writer. All but the constructor and the caller's task is used by the writer alone.</summary>
internal abstract class PendingWrite
{
    /// <summary>For the bound of a transaction.</summary>
    public virtual int Bytes => 0;

    /// <summary>False if the caller gave up before the writer came to it: then it is over, with nothing written.</summary>
    public abstract bool TryBegin();

    /// <summary>Inside a transaction; a second time if the first one was rolled back.</summary>
    public abstract void Execute(WriterConnection connection);

    /// <summary>The transaction is on disk.</summary>
    public abstract void Complete();

    /// <summary>The transaction failed; whether it is on disk is unknown.</summary>
    public abstract void Fail(Exception cause);
}

/// <inheritdoc/>
internal abstract class PendingWrite<T>(CancellationToken cancellationToken) : PendingWrite
{
    // the writer has others to serve: whoever waits goes on elsewhere
    private readonly TaskCompletionSource<T> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<T> Task => _completion.Task;

    protected T? Result { get; set; }

    /// <summary>Set by a write that changed nothing because it may not happen: an answer to its caller and no failure.</summary>
    protected CollabException? Refusal { get; set; }

    public override bool TryBegin()
    {
        if (!cancellationToken.IsCancellationRequested)
            return true;

        Release();
        _completion.TrySetCanceled(cancellationToken);
        return false;
    }

    public override void Complete()
    {
        Release();
        if (Refusal is null)
            _completion.TrySetResult(Result!);
        else
            _completion.TrySetException(Refusal);
    }

    public override void Fail(Exception cause)
    {
        Release();
        _completion.TrySetException(CollabException.StoreUnavailable(cause));
        // the caller may have given up meanwhile, then nobody else looks at it
        _ = _completion.Task.Exception;
    }

    /// <summary>Gives back what was rented; once, by whoever ends the write.</summary>
    public virtual void Release()
    {
    }
}
