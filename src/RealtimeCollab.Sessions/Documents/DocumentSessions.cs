using Microsoft.Extensions.Logging;
using RealtimeCollab.Sessions.Documents.Notices;
using RealtimeCollab.Sessions.Leases;
using RealtimeCollab.Sessions.Rooms.Nodes;
using RealtimeCollab.Sessions.Storage;
using RealtimeCollab.Sessions.Telemetry;

namespace RealtimeCollab.Sessions.Documents;

/// <summary>The documents that are open on this node.</summary>
public sealed class DocumentSessions : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly SessionServices _services;
    private readonly RoomPulses? _pulses;
    private readonly SessionRegistry<DocumentSession> _sessions;

    /// <summary>Makes an empty registry.</summary>
    public DocumentSessions(
        IOperationLog log,
        ISnapshotStore snapshots,
        IDocumentEvents events,
        SessionOptions options,
        TimeProvider time,
        ILogger<DocumentSessions> logger,
        CollabMetrics? metrics = null,
        ICommitNotices? notices = null,
        IRoomNotices? rooms = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        _pulses = rooms is null ? null : new RoomPulses(rooms, options.NodeInterval, time);
        _services = new SessionServices(
            log, snapshots, events, notices ?? new NoOtherNodes(), _pulses, options, time, logger, metrics, _stopping.Token);
        _sessions = new SessionRegistry<DocumentSession>(options.EvictionGrace, time, logger);
    }

    /// <summary>How many documents are in memory.</summary>
    public int Count => _sessions.Count;

    /// <summary>Opens a document, or joins those who have it open.</summary>
    /// <exception cref="CollabException"><see cref="CollabError.DocumentNotFound"/>, <see cref="CollabError.StoreUnavailable"/> or
    /// <see cref="CollabError.ServerDraining"/>.</exception>
    public ValueTask<Lease<DocumentSession>> OpenAsync(string documentId, CancellationToken cancellationToken) =>
        _sessions.OpenAsync(documentId, () => SessionLoader.LoadAsync(documentId, _services), cancellationToken);

    /// <summary>
    /// Opens a document whose row was just read. A session of the document that had this id before, and was deleted since, is let go.
    /// </summary>
    /// <exception cref="CollabException">As <see cref="OpenAsync(string, CancellationToken)"/>.</exception>
    public async ValueTask<Lease<DocumentSession>> OpenAsync(DocumentHead head, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(head);
        var lease = await OpenAsync(head.DocumentId, cancellationToken);
        if (lease.Session.Head.Incarnation == head.Incarnation)
            return lease;
        Forget(lease.Session);
        lease.Dispose();
        return await OpenAsync(head.DocumentId, cancellationToken);
    }

    /// <summary>Lets go of the session of a document that was deleted; what is still submitted to it is refused.</summary>
    public void Forget(DocumentSession session)
    {
        ArgumentNullException.ThrowIfNull(session);
        session.IsDeleted = true;
        _sessions.Forget(session.DocumentId, session);
    }

    /// <summary>Lets go of the session of a document that was deleted, if it is open on this node.</summary>
    public void Forget(string documentId, string incarnation)
    {
        if (_sessions.Find(documentId) is { } session && session.Head.Incarnation == incarnation)
            Forget(session);
    }

    /// <summary>Creates a document unless there is one; <see cref="IOperationLog.CreateAsync"/>, and whoever hears of commits hears of the first operation.</summary>
    /// <exception cref="CollabException"><see cref="CollabError.StoreUnavailable"/>.</exception>
    public async ValueTask<DocumentHead> CreateAsync(NewDocument document, NewEntry? first, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(document);
        var head = await _services.Log.CreateAsync(document, first, cancellationToken);
        if (first is not null && head.Incarnation == document.Incarnation)
            _services.Notices.Publish(new CommitNotice(head.DocumentId, head.Incarnation, head.Revision, [document.ToEntry(first, head.Revision)]));
        return head;
    }

    /// <summary>
    /// Opens a document, and creates it before if there is none; whoever loses a race to create it opens the winner's, and its own
    /// first operation is dropped.
    /// </summary>
    /// <exception cref="CollabException"><see cref="CollabError.StoreUnavailable"/> or <see cref="CollabError.ServerDraining"/>.</exception>
    public async ValueTask<Lease<DocumentSession>> OpenOrCreateAsync(
        NewDocument document, NewEntry? first, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(document);
        try
        {
            return await OpenAsync(document.DocumentId, cancellationToken);
        }
        catch (CollabException missing) when (missing.Error == CollabError.DocumentNotFound)
        {
            await CreateAsync(document, first, cancellationToken);
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
    public long? FindRevision(string documentId) => _sessions.Find(documentId)?.State.Revision;

    /// <summary>
    /// Lets the documents that are open read on where the store is ahead of them: other nodes appended there. Waits for nothing; what
    /// fails is tried again with the next call, or by the next submission.
    /// </summary>
    public void Follow(IReadOnlyList<DocumentHead> heads)
    {
        ArgumentNullException.ThrowIfNull(heads);
        foreach (var head in heads)
        {
            if (_sessions.Find(head.DocumentId) is { } session && session.Head.Incarnation == head.Incarnation && session.State.Revision < head.Revision)
                _ = FollowAsync(session, head.Revision);
        }
    }

    /// <summary>Opens nothing more, and closes every session after its queued work is done.</summary>
    public Task DrainAsync() => _sessions.DrainAsync();

    private async Task FollowAsync(DocumentSession session, long revision)
    {
        try
        {
            await session.CatchUpAsync(revision);
        }
        catch (CollabException failure)
        {
            SessionLog.FollowFailed(_services.Logger, session.DocumentId, revision, failure);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await DrainAsync();
        _pulses?.Dispose();
        _stopping.Dispose();
    }
}
