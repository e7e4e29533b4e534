namespace RealtimeCollab.Server.Access;

/// <summary>Lets an application whose <see cref="IDocumentAuthorizer"/> has changed its mind say so.</summary>
public interface IDocumentAccess
{
    /// <summary>
    /// Asks again what the users may do who are in a document on this node, and acts on it before it returns: who may less loses it at
    /// once. Other nodes find out by themselves within two seconds.
    /// </summary>
    /// <exception cref="Sessions.CollabException"><see cref="Sessions.CollabError.StoreUnavailable"/>: try again.</exception>
    Task InvalidateAsync(string documentId, CancellationToken cancellationToken);
}
