using RealtimeCollab.OperationalTransform;

namespace RealtimeCollab.Sessions.Documents;

/// <summary>Reads a document into memory: its latest snapshot, then the operations after it.</summary>
internal static class SessionLoader
{
    private const int PageSize = 1_000;

    /// <exception cref="CollabException"><see cref="CollabError.DocumentNotFound"/> or <see cref="CollabError.StoreUnavailable"/>.</exception>
    public static async Task<DocumentSession> LoadAsync(string documentId, SessionServices services)
    {
        var head = await services.Log.FindAsync(documentId, services.Stopping)
            ?? throw CollabException.DocumentNotFound(documentId);
        var snapshot = await services.Snapshots.FindAsync(documentId, head.Incarnation, head.Revision, services.Stopping);
        var storedRevision = snapshot?.Revision ?? head.StartRevision;
        var committed = new CommittedDocument(
            new SessionState(storedRevision, snapshot is null ? Document.Empty : Document.ParseContent(snapshot.Content.Span), snapshot?.CreatedAt ?? head.CreatedAt),
            new RecentOperations(services.Options.RecentOperations, services.Options.RecentText, storedRevision));
        while (committed.State.Revision < head.Revision)
        {
            var entries = await services.Log.ReadAsync(documentId, committed.State.Revision, PageSize, services.Stopping);
            if (entries.Count == 0)
                throw CollabException.DocumentNotFound(documentId);
            committed.Advance(entries);
        }

        var session = new DocumentSession(head, committed, storedRevision, services);
        SessionLog.Opened(services.Logger, documentId, committed.State.Revision, session.SessionId);
        return session;
    }
}
