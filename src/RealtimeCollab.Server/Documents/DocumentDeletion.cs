using Microsoft.Extensions.Logging;
using RealtimeCollab.Server.Access;
using RealtimeCollab.Sessions;
using RealtimeCollab.Sessions.Documents;
using RealtimeCollab.Sessions.Storage;

namespace RealtimeCollab.Server.Documents;

/// <summary>Deletes documents, under whoever has them open.</summary>
internal sealed class DocumentDeletion(
    IOperationLog log, DocumentSessions sessions, IDocumentAccess access, TimeProvider time, ILogger<DocumentDeletion> logger)
{
    /// <summary>
    /// Deletes a document; false if it is gone already. Whoever is in it on this node hears of it before this returns, on other nodes within two seconds.
    /// Goes on to the end once it has begun, whether anybody waits for it or not.
    /// </summary>
    /// <param name="head">The document.</param>
    /// <param name="deletedBy">Who deletes it.</param>
    /// <param name="cancellationToken">Stops it before it begins.</param>
    /// <exception cref="CollabException"><see cref="CollabError.StoreUnavailable"/>.</exception>
    public async ValueTask<bool> TryDeleteAsync(DocumentHead head, string deletedBy, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!await log.DeleteAsync(head.DocumentId, head.Incarnation, deletedBy, time.GetUtcNow(), CancellationToken.None))
            return false;
        try
        {
            await access.InvalidateAsync(head.DocumentId, CancellationToken.None);
        }
        catch (Exception failure)
        {
            // it is deleted all the same; who is in it hears of it by the next look
            AccessLog.CannotSettle(logger, head.DocumentId, failure);
        }

        sessions.Forget(head.DocumentId, head.Incarnation);
        return true;
    }
}
