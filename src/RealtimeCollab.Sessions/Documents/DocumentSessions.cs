using Microsoft.Extensions.Logging;
using RealtimeCollab.Sessions.Storage;

namespace RealtimeCollab.Sessions.Documents;

/// <summary>
/// The documents that are open on this node. Concurrent calls share one load; a session without leases stays for a grace period,
/// and then goes unless work is queued or unsent. Whoever comes while one goes opens a new one.
/// </summary>
public sealed class DocumentSessions : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, SessionSlot> _slots = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _stopping = new();
    private readonly SessionServices _services;
    private Task? _drained;

    /// <summary>Makes an empty registry.</summary>
    public DocumentSessions(
        IOperationLog log,
        ISnapshotStore snapshots,
        IDocumentEvents events,
        SessionOptions options,
        TimeProvider time,
        ILogger<DocumentSessions> logger) =>
        _services = new SessionServices(log, snapshots, events, options, time, logger, _stopping.Token);

    /// <summary>How many documents are in memory.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
                return _slots.Count;
        }
    }

    /// <summary>Opens a document, or joins those who have it open.</summary>
    /// <exception cref="CollabException"><see cref="CollabError.DocumentNotFound"/>, <see cref="CollabError.StoreUnavailable"/> or
    /// <see cref="CollabError.ServerDraining"/>.</exception>
    public async ValueTask<SessionLease> OpenAsync(string documentId, CancellationToken cancellationToken)
    {
        var slot = Enter(documentId);
        try
        {
            var session = await slot.Opening.WaitAsync(cancellationToken);
            return new SessionLease(session, () => Leave(documentId, slot));
        }
        catch
        {
            Leave(documentId, slot);
            throw;
        }
    }

    /// <summary>
    /// Opens a document, and creates it before if there is none; whoever loses a race to create it opens the winner's, and its own
    /// first operation is dropped.
    /// </summary>
    /// <exception cref="CollabException"><see cref="CollabError.StoreUnavailable"/> or <see cref="CollabError.ServerDraining"/>.</exception>
    public async ValueTask<SessionLease> OpenOrCreateAsync(
        NewDocument document, NewEntry? first, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(document);
        try
        {
            return await OpenAsync(document.DocumentId, cancellationToken);
        }
        catch (CollabException missing) when (missing.Error == CollabError.DocumentNotFound)
        {
            await _services.Log.CreateAsync(document, first, cancellationToken);
        }

        try
        {
            return await OpenAsync(document.DocumentId, cancellationToken);
        }
        catch (CollabException missing) when (missing.Error == CollabError.DocumentNotFound)
        {
            // somebody else's load, shared here, had begun before the creation; the next one begins after it
            return await OpenAsync(document.DocumentId, cancellationToken);
        }
    }

    /// <summary>The revision of a document that is open on this node, else null.</summary>
    public long? FindRevision(string documentId)
    {
        lock (_lock)
        {
            return _slots.TryGetValue(documentId, out var slot) && slot.Opening.IsCompletedSuccessfully
                ? slot.Opening.Result.State.Revision
                : null;
        }
    }

    /// <summary>Opens nothing more, and closes every session after its queued work is done.</summary>
    public Task DrainAsync()
    {
        lock (_lock)
        {
            return _drained ??= Task.WhenAll(_slots.Values.Select(slot => CloseOnceOpenAsync(slot.Opening)));
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await DrainAsync();
        _stopping.Dispose();
    }

    private SessionSlot Enter(string documentId)
    {
        lock (_lock)
        {
            if (_drained is not null)
                throw CollabException.ServerDraining();
            if (!_slots.TryGetValue(documentId, out var slot))
                _slots.Add(documentId, slot = new SessionSlot(() => SessionLoader.LoadAsync(documentId, _services)));
            slot.Leases++;
            slot.Eviction?.Dispose();
            slot.Eviction = null;
            return slot;
        }
    }

    private void Leave(string documentId, SessionSlot slot)
    {
        lock (_lock)
        {
            slot.Leases--;
            if (slot.Opening.IsCompleted && !slot.Opening.IsCompletedSuccessfully)
                Remove_NeedsLock(documentId, slot);
            else if (slot.Leases == 0 && _drained is null)
                EvictLater_NeedsLock(documentId, slot);
        }
    }

    private void EvictLater_NeedsLock(string documentId, SessionSlot slot) =>
        slot.Eviction = _services.Time.CreateTimer(
            _ => TryEvict(documentId, slot), state: null, _services.Options.EvictionGrace, Timeout.InfiniteTimeSpan);

    private void TryEvict(string documentId, SessionSlot slot)
    {
        lock (_lock)
        {
            if (slot.Leases > 0 || _drained is not null)
                return;
            slot.Eviction?.Dispose();
            if (!slot.Opening.IsCompleted || (slot.Opening.IsCompletedSuccessfully && slot.Opening.Result.IsBusy))
            {
                EvictLater_NeedsLock(documentId, slot);
                return;
            }

            Remove_NeedsLock(documentId, slot);
        }

        if (slot.Opening.IsCompletedSuccessfully)
            _ = CloseAsync(slot.Opening.Result);
    }

    private void Remove_NeedsLock(string documentId, SessionSlot slot)
    {
        if (_slots.TryGetValue(documentId, out var current) && ReferenceEquals(current, slot))
            _slots.Remove(documentId);
    }

    private static async Task CloseOnceOpenAsync(Task<DocumentSession> opening)
    {
        DocumentSession session;
        try
        {
            session = await opening;
        }
        catch (Exception exception) when (exception is CollabException or OperationCanceledException)
        {
            // whoever wanted it open hears of that
            return;
        }

        await session.CloseAsync();
    }

    private async Task CloseAsync(DocumentSession session)
    {
        try
        {
            await session.CloseAsync();
            SessionLog.Evicted(_services.Logger, session.DocumentId, session.State.Revision);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            SessionLog.TurnFailed(_services.Logger, session.DocumentId, exception);
        }
    }
}
