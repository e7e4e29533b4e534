using RealtimeCollab.Server.Access;
using RealtimeCollab.Sessions;
using RealtimeCollab.Sessions.Documents;
using RealtimeCollab.Sessions.Storage;

namespace RealtimeCollab.Server.Documents;

/// <summary>Deletes documents, under whoever has them open.</summary>
internal sealed class DocumentDeletion(IOperationLog log, DocumentSessions sessions, IDocumentAccess access, TimeProvider time)
{
    /// <summary>
    /// Deletes a document; false if it is gone already. Whoever is in it on this node hears of it before this returns, on other nodes within two seconds.
    /// </summary>
    /// <exception cref="CollabException"><see cref="CollabError.StoreUnavailable"/>.</exception>
    public async ValueTask<bool> TryDeleteAsync(DocumentHead head, CancellationToken cancellationToken)
    {
        if (!await log.DeleteAsync(head.DocumentId, head.Incarnation, time.GetUtcNow(), cancellationToken))
            return false;
        try
        {
            await access.InvalidateAsync(head.DocumentId, cancellationToken);
        }
        finally
        {
            sessions.Forget(head.DocumentId, head.Incarnation);
        }

        return true;
    }
}
