using System.Security.Claims;
using RealtimeCollab.Sessions;
using RealtimeCollab.Sessions.Documents;
using RealtimeCollab.Sessions.Storage;

namespace RealtimeCollab.Server.Hooks;

/// <summary>Asks the hooks before a user's operation goes to its document.</summary>
internal sealed class OperationGate(HookSet<IOperationHook> hooks, HookRunner runner)
{
    /// <summary>There is nobody to ask.</summary>
    public bool IsOpen => hooks.IsEmpty;

    /// <exception cref="CollabException">A hook refuses or fails.</exception>
    public ValueTask PassAsync(ClaimsPrincipal user, DocumentSession session, Submission submission, CancellationToken cancellationToken) =>
        IsOpen ? ValueTask.CompletedTask : AskAsync(ToProposal(user, session, submission), cancellationToken);

    /// <summary>The first operation of a document that is to be created.</summary>
    /// <exception cref="CollabException">A hook refuses or fails.</exception>
    public ValueTask PassAsync(ClaimsPrincipal user, NewDocument document, NewEntry? first, CancellationToken cancellationToken) =>
        IsOpen || first is null ? ValueTask.CompletedTask : AskAsync(ToProposal(user, document, first), cancellationToken);

    private ValueTask AskAsync(ProposedOperation operation, CancellationToken cancellationToken) =>
        runner.AskAsync(hooks, operation.DocumentId, (hook, limited) => hook.OnSubmittingAsync(operation, limited), cancellationToken);

    private static ProposedOperation ToProposal(ClaimsPrincipal user, DocumentSession session, Submission submission) => new()
    {
        DocumentId = session.DocumentId,
        User = user,
        ClientId = submission.ClientId,
        OperationId = submission.OperationId,
        BaseRevision = submission.BaseRevision,
        Operation = submission.Operation,
        State = session.State,
    };

    private static ProposedOperation ToProposal(ClaimsPrincipal user, NewDocument document, NewEntry first) => new()
    {
        DocumentId = document.DocumentId,
        User = user,
        ClientId = first.ClientId,
        OperationId = first.OperationId,
        BaseRevision = 0,
        Operation = first.Operation,
    };
}
