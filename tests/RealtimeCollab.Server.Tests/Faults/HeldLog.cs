using RealtimeCollab.Sessions.Storage;

namespace RealtimeCollab.Server.Tests.Faults;

/// <summary>A store that is, for one document, as slow as a test likes.</summary>
internal sealed class HeldLog(IOperationLog store, string heldDocumentId) : IOperationLog
{
    private TaskCompletionSource? _appends;
    private TaskCompletionSource? _reads;
    private TaskCompletionSource? _deletions;
    private TaskCompletionSource _reached = NewSignal();

    /// <summary>Completes when a call has come to wait.</summary>
    public Task Reached => _reached.Task;

    public void HoldAppends() => (_appends, _reached) = (NewSignal(), NewSignal());

    public void HoldReads() => (_reads, _reached) = (NewSignal(), NewSignal());

    /// <summary>Deletions are done, and take long to say so.</summary>
    public void HoldDeletions() => (_deletions, _reached) = (NewSignal(), NewSignal());

    /// <summary>Lets go on what waits, and holds nothing more.</summary>
    public void Release()
    {
        Interlocked.Exchange(ref _appends, null)?.SetResult();
        Interlocked.Exchange(ref _reads, null)?.SetResult();
        Interlocked.Exchange(ref _deletions, null)?.SetResult();
    }

    public ValueTask WaitToAppendAsync(CancellationToken cancellationToken) => store.WaitToAppendAsync(cancellationToken);

    public async ValueTask<AppendOutcome> AppendAsync(AppendBatch batch, CancellationToken cancellationToken)
    {
        await WaitAsync(batch.DocumentId, _appends);
        return await store.AppendAsync(batch, cancellationToken);
    }

    public async ValueTask<IReadOnlyList<LogEntry>> ReadAsync(string documentId, long afterRevision, int limit, CancellationToken cancellationToken)
    {
        await WaitAsync(documentId, _reads);
        return await store.ReadAsync(documentId, afterRevision, limit, cancellationToken);
    }

    public ValueTask<DocumentHead?> FindAsync(string documentId, CancellationToken cancellationToken) =>
        store.FindAsync(documentId, cancellationToken);

    public ValueTask<bool> IsDeletedAsync(string documentId, CancellationToken cancellationToken) =>
        store.IsDeletedAsync(documentId, cancellationToken);

    public ValueTask<IReadOnlyList<DocumentHead>> FindAllAsync(IReadOnlyCollection<string> documentIds, CancellationToken cancellationToken) =>
        store.FindAllAsync(documentIds, cancellationToken);

    public ValueTask<DocumentHead> CreateAsync(NewDocument document, NewEntry? first, CancellationToken cancellationToken) =>
        store.CreateAsync(document, first, cancellationToken);

    public async ValueTask<bool> DeleteAsync(
        string documentId, string incarnation, string? deletedBy, DateTimeOffset deletedAt, CancellationToken cancellationToken)
    {
        var isDeleted = await store.DeleteAsync(documentId, incarnation, deletedBy, deletedAt, cancellationToken);
        await WaitAsync(documentId, _deletions).AsTask().WaitAsync(cancellationToken);
        return isDeleted;
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async ValueTask WaitAsync(string documentId, TaskCompletionSource? hold)
    {
        if (hold is null || !string.Equals(documentId, heldDocumentId, StringComparison.Ordinal))
            return;
        _reached.TrySetResult();
        await hold.Task;
    }
}
