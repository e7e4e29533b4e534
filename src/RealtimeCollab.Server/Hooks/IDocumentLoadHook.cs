using RealtimeCollab.Sessions;

namespace RealtimeCollab.Server.Hooks;

/// <summary>Hears of documents before they are loaded. Added with <see cref="DocumentHookServiceCollectionExtensions.AddDocumentHook{THook}"/>.</summary>
public interface IDocumentLoadHook
{
    /// <summary>
    /// Somebody wants a document that this node has not in memory, and it has not been read yet; it need not even exist, and whoever asks
    /// may turn out to have no right. May create it with <see cref="Application.IDocumentService"/>: what a hook does itself calls no load hooks.
    /// Is called by several threads, also for the same document.
    /// </summary>
    /// <param name="documentId">The document's id, well-formed.</param>
    /// <param name="cancellationToken">Nobody waits any more, or the time limit is over.</param>
    /// <exception cref="CollabException">The document is not to be had; whoever wants it is refused with this.</exception>
    ValueTask OnLoadingAsync(string documentId, CancellationToken cancellationToken);
}
