using Microsoft.Extensions.Options;
using RealtimeCollab.Protocol;
using RealtimeCollab.Protocol.Documents;
using RealtimeCollab.Server.Access;
using RealtimeCollab.Server.Configuration;
using RealtimeCollab.Server.Hooks;
using RealtimeCollab.Server.Telemetry;
using RealtimeCollab.Sessions;
using RealtimeCollab.Sessions.Documents;
using RealtimeCollab.Sessions.Telemetry;

namespace RealtimeCollab.Server.Documents;

/// <summary>Takes operations and selections from connections to the sessions they have joined.</summary>
internal sealed class OperationIntake(DocumentRoles roles, OperationGate gate, IOptions<RealtimeCollabOptions> options)
{
    private readonly ServerLimits _limits = options.Value.Limits;

    /// <summary>
    /// Puts the operation into the session's mailbox before it returns, so that a connection's operations stay in their order.
    /// The wait is not cancelled with the connection: what is in the mailbox is committed whoever still listens.
    /// </summary>
    public Task<long> SubmitAsync(DocumentConnection connection, SubmitOperationRequest request)
    {
        connection.Operations.Take();
        if (request.Operation.IsLargerThan(_limits.MaxOperationBytes))
            throw CollabException.PayloadTooLarge(request.Operation.WireBytes, _limits.MaxOperationBytes);
        if (connection.Find(request.DocumentId) is not { IsEditing: true } joined)
            return RefuseAsync(connection, request.DocumentId, DocumentRole.Editor, "StartEditing comes before SubmitOperation.");
        joined.Grant.Require(DocumentRole.Editor);

        var submission = new Submission
        {
            ConnectionId = connection.ConnectionId,
            ClientId = connection.Identity.ClientId,
            UserId = connection.Identity.UserId,
            OperationId = request.OperationId,
            BaseRevision = request.BaseRevision,
            Operation = request.Operation.GetOperation(),
            Actor = joined.Grant,
            Selection = request.Selection,
            Traceparent = CollabTelemetry.Accept(request.Traceparent),
        };
        return gate.IsOpen ? SubmitTrace.RunAsync(joined.Session, submission) : AskAndSubmitAsync(connection, joined, submission);
    }

    public Task UpdateSelectionAsync(DocumentConnection connection, UpdateSelectionRequest request)
    {
        connection.Selections.Take();
        if (connection.Find(request.DocumentId) is not { } joined)
            return RefuseAsync(connection, request.DocumentId, DocumentRole.Viewer, "Subscribe or StartEditing comes before UpdateSelection.");
        joined.Session.Room.UpdateSelection(connection.ConnectionId, request.Revision, request.Selection);
        connection.Presence.Act();
        return Task.CompletedTask;
    }

    /// <summary>Operations of one connection to one document wait for each other here, so that they stay in their order; others do not wait.</summary>
    private async Task<long> AskAndSubmitAsync(DocumentConnection connection, JoinedDocument joined, Submission submission)
    {
        Task<long> committed;
        using (await joined.Asking.EnterAsync(connection.Aborted))
        {
            await gate.PassAsync(connection.User, joined.Session, submission, connection.Aborted);
            if (connection.Find(joined.Session.DocumentId) != joined || !joined.IsEditing)
                return await RefuseAsync(connection, joined.Session.DocumentId, DocumentRole.Editor, "The document was left before its operation was accepted.");
            committed = SubmitTrace.RunAsync(joined.Session, submission);
        }

        return await committed;
    }

    /// <summary>Tells a document that was not joined from one that does not exist, or that the user was put out of.</summary>
    private async Task<long> RefuseAsync(DocumentConnection connection, string documentId, DocumentRole needed, string advice)
    {
        await roles.RequireAsync(connection.User, documentId, needed, connection.Aborted);
        throw CollabException.SessionNotFound(advice);
    }
}
