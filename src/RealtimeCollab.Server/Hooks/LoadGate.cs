using RealtimeCollab.Sessions;
using RealtimeCollab.Sessions.Documents;

namespace RealtimeCollab.Server.Hooks;

/// <summary>Asks the hooks before a document is read that is not in memory.</summary>
internal sealed class LoadGate(HookSet<IDocumentLoadHook> hooks, HookRunner runner, DocumentSessions sessions)
{
    private readonly AsyncLocal<bool> _isWithinHook = new();

    /// <exception cref="CollabException">A hook refuses or fails.</exception>
    public ValueTask PassAsync(string documentId, CancellationToken cancellationToken) =>
        hooks.IsEmpty || _isWithinHook.Value || sessions.FindRevision(documentId) is not null
            ? ValueTask.CompletedTask
            : AskAsync(documentId, cancellationToken);

    private async ValueTask AskAsync(string documentId, CancellationToken cancellationToken)
    {
        // goes down into the hooks, and not up to the caller
        _isWithinHook.Value = true;
        await runner.AskAsync(hooks, documentId, (hook, limited) => hook.OnLoadingAsync(documentId, limited), cancellationToken);
    }
}
