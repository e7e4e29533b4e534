using RealtimeCollab.Sessions;
using RealtimeCollab.Sessions.Storage;
using RealtimeCollab.Sessions.Storage.Memory;

namespace RealtimeCollab.Server.Tests.Access;

/// <summary>A store whose documents' rows cannot be read for a while.</summary>
internal sealed class FailingHeads(MemoryStore store) : IOperationLog
{
    private TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public volatile bool IsDown;

    /// <summary>Waited for before some documents' rows are read.</summary>
    public Func<IReadOnlyCollection<string>, Task> BeforeReading { get; init; } = _ => Task.CompletedTask;

    public Task NextAsync() => (_asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    public async ValueTask<IReadOnlyList<DocumentHead>> FindAllAsync(IReadOnlyCollection<string> documentIds, CancellationToken cancellationToken)
    {
        _asked.TrySetResult();
        await BeforeReading(documentIds);
        return IsDown ? throw CollabException.StoreUnavailable(null) : await store.FindAllAsync(documentIds, cancellationToken);
    }

    public ValueTask<bool> IsDeletedAsync(string documentId, CancellationToken cancellationToken) =>
        IsDown ? throw CollabException.StoreUnavailable(null) : store.IsDeletedAsync(documentId, cancellationToken);

    public ValueTask<DocumentHead?> FindAsync(string documentId, CancellationToken cancellationToken) =>
        IsDown ? throw CollabException.StoreUnavailable(null) : store.FindAsync(documentId, cancellationToken);

    public ValueTask<DocumentHead> CreateAsync(NewDocument document, NewEntry? first, CancellationToken cancellationToken) =>
        store.CreateAsync(document, first, cancellationToken);

    public ValueTask<bool> DeleteAsync(string documentId, string incarnation, string? deletedBy, DateTimeOffset deletedAt, CancellationToken cancellationToken) =>
        store.DeleteAsync(documentId, incarnation, deletedBy, deletedAt, cancellationToken);

    public ValueTask WaitToAppendAsync(CancellationToken cancellationToken) => store.WaitToAppendAsync(cancellationToken);

    public ValueTask<AppendOutcome> AppendAsync(AppendBatch batch, CancellationToken cancellationToken) => store.AppendAsync(batch, cancellationToken);

    public ValueTask<IReadOnlyList<LogEntry>> ReadAsync(string documentId, long afterRevision, int limit, CancellationToken cancellationToken) =>
        store.ReadAsync(documentId, afterRevision, limit, cancellationToken);
}
