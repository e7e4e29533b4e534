using RealtimeCollab.Sessions.Documents.Notices;

namespace RealtimeCollab.Sessions.Documents;

/// <summary>Reads a document into memory: its latest snapshot, then the operations after it.</summary>
internal static class SessionLoader
{
    /// <exception cref="CollabException"><see cref="CollabError.DocumentNotFound"/> or <see cref="CollabError.StoreUnavailable"/>.</exception>
    public static async Task<DocumentSession> LoadAsync(string documentId, SessionServices services)
    {
        // first hear, then read: nothing can be committed in between
        var heard = await HeardNodes.FollowAsync(documentId, services);
        try
        {
            return await LoadAsync(documentId, services, heard);
        }
        catch
        {
            heard.Dispose();
            throw;
        }
    }

    private static async Task<DocumentSession> LoadAsync(string documentId, SessionServices services, HeardNodes heard)
    {
        var head = await services.Log.FindAsync(documentId, services.Stopping)
            ?? throw CollabException.DocumentNotFound(documentId);
        var committed = await LogFollower.BeginAsync(head, services);
        var storedRevision = committed.State.Revision;
        await LogFollower.AdvanceAsync(committed, head, services, static _ => { });

        var session = new DocumentSession(head, committed, storedRevision, services, heard);
        SessionLog.Opened(services.Logger, documentId, committed.State.Revision, session.SessionId);
        return session;
    }
}
