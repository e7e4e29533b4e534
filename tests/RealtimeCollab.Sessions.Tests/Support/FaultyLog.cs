using RealtimeCollab.Sessions.Storage;
using RealtimeCollab.Sessions.Storage.Memory;

namespace RealtimeCollab.Sessions.Tests.Support;

/// <summary>The memory store with what goes wrong in real ones: appends that wait, fail before or after they took place, and reads that fail.</summary>
internal sealed class FaultyLog(MemoryStore store) : IOperationLog
{
    private readonly List<AppendBatch> _appends = [];
    private TaskCompletionSource? _gate;

    /// <summary>All batches that came in, in order.</summary>
    public IReadOnlyList<AppendBatch> Appends => _appends;

    /// <summary>Called before each append takes place.</summary>
    public Action? BeforeAppend { get; set; }

    /// <summary>Called between the reading of a head and its way back.</summary>
    public Func<Task>? AfterFind { get; set; }

    /// <summary>Called before a document is created.</summary>
    public Action? BeforeCreate { get; set; }

    public int FailNextAppendsBefore { get; set; }

    public int FailNextAppendsAfter { get; set; }

    public bool IsDown { get; set; }

    public int Reads { get; private set; }

    /// <summary>Heads that were asked for one by one.</summary>
    public int Finds { get; private set; }

    /// <summary>Appends wait until the returned action is called.</summary>
    public Action HoldAppends()
    {
        var gate = _gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return () =>
        {
            _gate = null;
            gate.SetResult();
        };
    }

    /// <summary>Where turns wait with their mailboxes open; null lets them through.</summary>
    public AppendGate? Gate { get; set; }

    public ValueTask WaitToAppendAsync(CancellationToken cancellationToken) =>
        new(Gate?.WaitAsync(cancellationToken) ?? Task.CompletedTask);

    public async ValueTask<AppendOutcome> AppendAsync(AppendBatch batch, CancellationToken cancellationToken)
    {
        _appends.Add(batch);
        if (_gate is { } gate)
            await gate.Task;
        ThrowIfDown();
        BeforeAppend?.Invoke();
        if (FailNextAppendsBefore > 0)
        {
            FailNextAppendsBefore--;
            throw CollabException.StoreUnavailable(null);
        }

        var outcome = await store.AppendAsync(batch, cancellationToken);
        if (FailNextAppendsAfter > 0)
        {
            FailNextAppendsAfter--;
            throw CollabException.StoreUnavailable(null);
        }

        return outcome;
    }

    public async ValueTask<DocumentHead?> FindAsync(string documentId, CancellationToken cancellationToken)
    {
        ThrowIfDown();
        Finds++;
        var head = await store.FindAsync(documentId, cancellationToken);
        if (AfterFind is { } after)
            await after();
        return head;
    }

    public ValueTask<bool> IsDeletedAsync(string documentId, CancellationToken cancellationToken)
    {
        ThrowIfDown();
        return store.IsDeletedAsync(documentId, cancellationToken);
    }

    public ValueTask<IReadOnlyList<DocumentHead>> FindAllAsync(IReadOnlyCollection<string> documentIds, CancellationToken cancellationToken)
    {
        ThrowIfDown();
        return store.FindAllAsync(documentIds, cancellationToken);
    }

    public ValueTask<DocumentHead> CreateAsync(NewDocument document, NewEntry? first, CancellationToken cancellationToken)
    {
        ThrowIfDown();
        BeforeCreate?.Invoke();
        return store.CreateAsync(document, first, cancellationToken);
    }

    public ValueTask<bool> DeleteAsync(string documentId, string incarnation, string? deletedBy, DateTimeOffset deletedAt, CancellationToken cancellationToken) =>
        store.DeleteAsync(documentId, incarnation, deletedBy, deletedAt, cancellationToken);

    public ValueTask<IReadOnlyList<LogEntry>> ReadAsync(
        string documentId, long afterRevision, int limit, CancellationToken cancellationToken)
    {
        ThrowIfDown();
        Reads++;
        return store.ReadAsync(documentId, afterRevision, limit, cancellationToken);
    }

    private void ThrowIfDown()
    {
        if (IsDown)
            throw CollabException.StoreUnavailable(null);
    }
}
