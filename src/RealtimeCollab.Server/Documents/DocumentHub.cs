using Microsoft.AspNetCore.SignalR;
using RealtimeCollab.Protocol.Documents;
using RealtimeCollab.Server.Followers;
using RealtimeCollab.Server.Hubs;

namespace RealtimeCollab.Server.Documents;

/// <summary>
/// The entrance at <c>/hubs/document</c>: checks the form of a request and hands it on. Keeps nothing; what a connection has
/// open is its <see cref="DocumentConnection"/>.
/// </summary>
internal sealed class DocumentHub(
    DocumentConnections connections,
    Welcome welcome,
    DocumentMembership membership,
    EventAddresses addresses,
    OperationIntake intake,
    DocumentReader reader)
    : CollabHub<IDocumentClient, DocumentConnection>(connections, welcome), IDocumentHub
{
    public Task<DocumentSnapshot> Subscribe(SubscribeRequest request)
    {
        Require.DocumentId(request.DocumentId);
        return request.UseSse == true
            ? addresses.SubscribeAsync(Connection, Context.GetHttpContext(), request)
            : membership.SubscribeAsync(Connection, request);
    }

    public Task Unsubscribe(UnsubscribeRequest request)
    {
        Require.DocumentId(request.DocumentId);
        return membership.UnsubscribeAsync(Connection, request.DocumentId);
    }

    public Task<DocumentSnapshot> StartEditing(StartEditingRequest request)
    {
        Require.DocumentId(request.DocumentId);
        return membership.StartEditingAsync(Connection, request);
    }

    public Task StopEditing(StopEditingRequest request)
    {
        Require.DocumentId(request.DocumentId);
        return membership.StopEditingAsync(Connection, request.DocumentId);
    }

    public async Task<SubmitOperationResult> SubmitOperation(SubmitOperationRequest request)
    {
        Require.DocumentId(request.DocumentId);
        Require.OperationId(request.OperationId);
        Require.NotNegative(request.BaseRevision, "baseRevision");
        var connection = Connection;
        var revision = await intake.SubmitAsync(connection, request);
        connection.Presence.Edit();
        return new SubmitOperationResult { DocumentId = request.DocumentId, OperationId = request.OperationId, Revision = revision };
    }

    public Task UpdateSelection(UpdateSelectionRequest request)
    {
        Require.DocumentId(request.DocumentId);
        Require.NotNegative(request.Revision, "revision");
        return intake.UpdateSelectionAsync(Connection, request);
    }

    public Task<OperationBatch> GetOperations(GetOperationsRequest request)
    {
        Require.DocumentId(request.DocumentId);
        Require.NotNegative(request.FromRevision, "fromRevision");
        return reader.GetOperationsAsync(Connection, request);
    }

    public Task<HeartbeatResult> Heartbeat(HeartbeatRequest request) => Task.FromResult(reader.GetHeads(Connection, request));
}
