using RealtimeCollab.OperationalTransform;
using RealtimeCollab.Sessions.Documents;
using RealtimeCollab.Sessions.Storage;

namespace RealtimeCollab.Sessions.History;

/// <summary>The past of documents: any revision that is left, versions that people named, and the way back to one of them.</summary>
public sealed class DocumentHistory(IOperationLog log, ISnapshotStore snapshots, IVersionStore versions, TimeProvider time)
{
    private const int PageSize = 1_000;

    /// <summary>The content at a revision.</summary>
    /// <exception cref="CollabException"><see cref="CollabError.DocumentNotFound"/>, <see cref="CollabError.RevisionAhead"/>,
    /// <see cref="CollabError.RevisionTooOld"/> for a revision that was compacted away and not named, or
    /// <see cref="CollabError.StoreUnavailable"/>.</exception>
    public async ValueTask<SessionState> ReadAsync(string documentId, long revision, CancellationToken cancellationToken)
    {
        var head = await FindAsync(documentId, cancellationToken);
        return await ReadAsync(head, revision, cancellationToken);
    }

    /// <summary>Names a revision, so that it is found again and outlives compaction.</summary>
    /// <param name="version">What to name; its incarnation is filled in, so that the name cannot end up at a successor of the document.</param>
    /// <param name="cancellationToken">Stops waiting; whether the name was given is then unknown.</param>
    /// <exception cref="CollabException">As <see cref="ReadAsync(string, long, CancellationToken)"/>.</exception>
    public async ValueTask<NamedVersion> NameAsync(NewVersion version, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(version);
        var head = await FindAsync(version.DocumentId, cancellationToken);
        var state = await ReadAsync(head, version.Revision, cancellationToken);
        var now = time.GetUtcNow();
        var named = new NamedVersion(
            version.VersionId, head.DocumentId, head.Incarnation, version.Revision, version.Name, version.CreatedBy, now);
        await versions.AddAsync(named, SnapshotKeeper.Write(head, state, now), cancellationToken);
        return named;
    }

    /// <summary>The named versions of a document, the newest revision first.</summary>
    /// <exception cref="CollabException"><see cref="CollabError.DocumentNotFound"/> or <see cref="CollabError.StoreUnavailable"/>.</exception>
    public async ValueTask<IReadOnlyList<NamedVersion>> ListAsync(string documentId, CancellationToken cancellationToken)
    {
        var head = await FindAsync(documentId, cancellationToken);
        return await versions.ListAsync(documentId, head.Incarnation, cancellationToken);
    }

    /// <summary>
    /// Brings an open document back to a revision by a new operation, which anyone may undo; what others submit at the same time
    /// stays, as beside any operation. Returns the revision that it made. Calling again with the same
    /// <see cref="Restoration.OperationId"/> restores once, as long as the call gives the same <see cref="Restoration.BaseRevision"/>.
    /// </summary>
    /// <exception cref="CollabException">As <see cref="ReadAsync(string, long, CancellationToken)"/> and <see cref="DocumentSession.SubmitAsync"/>.</exception>
    public async Task<long> RestoreAsync(DocumentSession session, Restoration restoration, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        return await session.SubmitAsync(await PrepareAsync(session.DocumentId, restoration, cancellationToken));
    }

    /// <summary>What <see cref="RestoreAsync"/> submits.</summary>
    /// <exception cref="CollabException">As <see cref="ReadAsync(string, long, CancellationToken)"/>.</exception>
    public async ValueTask<Submission> PrepareAsync(string documentId, Restoration restoration, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(restoration);
        var target = await ReadAsync(documentId, restoration.Revision, cancellationToken);
        var start = await ReadAsync(documentId, restoration.BaseRevision, cancellationToken);
        return new Submission
        {
            ClientId = restoration.ClientId,
            UserId = restoration.UserId,
            OperationId = restoration.OperationId,
            BaseRevision = restoration.BaseRevision,
            Operation = DocumentDiff.Compute(start.Document, target.Document),
            RestoredRevision = restoration.Revision,
            Actor = restoration.Actor,
        };
    }

    private async ValueTask<DocumentHead> FindAsync(string documentId, CancellationToken cancellationToken) =>
        await log.FindAsync(documentId, cancellationToken) ?? throw CollabException.DocumentNotFound(documentId);

    private async ValueTask<SessionState> ReadAsync(DocumentHead head, long revision, CancellationToken cancellationToken)
    {
        if (revision > head.Revision)
            throw CollabException.RevisionAhead(revision, head.Revision);
        if (revision < head.StartRevision)
            throw CollabException.RevisionTooOld(revision, head.StartRevision);
        var snapshot = await snapshots.FindAsync(head.DocumentId, head.Incarnation, revision, cancellationToken);
        var (at, updatedAt) = (snapshot?.Revision ?? head.StartRevision, snapshot?.CreatedAt ?? head.CreatedAt);
        var document = (snapshot is null ? Document.Empty : Document.ParseContent(snapshot.Content.Span)).ToBuilder();
        while (at < revision)
        {
            var entries = await log.ReadAsync(head.DocumentId, at, (int)Math.Min(PageSize, revision - at), cancellationToken);
            if (entries.Count == 0)
                throw CollabException.DocumentNotFound(head.DocumentId);
            foreach (var entry in entries)
                document.Apply(entry.Operation);
            (at, updatedAt) = (entries[^1].Revision, entries[^1].Timestamp);
        }

        return new SessionState(revision, document.ToDocument(), updatedAt);
    }
}
