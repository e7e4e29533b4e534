using Microsoft.AspNetCore.SignalR.Client;
using RealtimeCollab.Protocol.Documents;

namespace RealtimeCollab.Client.Hubs;

/// <summary>
/// The server's document hub as an object: each call goes through the interface that the server implements, so one with
/// the wrong name or type does not compile.
/// </summary>
/// <remarks>
/// Every method throws <see cref="CollabClientException"/>: with the server's code when the server refused, with
/// <see cref="CollabClientException.ConnectionLost"/> when there was no answer, and then the outcome is unknown.
/// </remarks>
public sealed class DocumentHubProxy(HubConnection connection) : IDocumentHub
{
    /// <inheritdoc/>
    public Task<DocumentSnapshot> Subscribe(SubscribeRequest request) =>
        connection.CallAsync<DocumentSnapshot>(nameof(IDocumentHub.Subscribe), request);

    /// <inheritdoc/>
    public Task Unsubscribe(UnsubscribeRequest request) => connection.CallAsync<object?>(nameof(IDocumentHub.Unsubscribe), request);

    /// <inheritdoc/>
    public Task<DocumentSnapshot> StartEditing(StartEditingRequest request) =>
        connection.CallAsync<DocumentSnapshot>(nameof(IDocumentHub.StartEditing), request);

    /// <inheritdoc/>
    public Task StopEditing(StopEditingRequest request) => connection.CallAsync<object?>(nameof(IDocumentHub.StopEditing), request);

    /// <inheritdoc/>
    public Task<SubmitOperationResult> SubmitOperation(SubmitOperationRequest request) =>
        connection.CallAsync<SubmitOperationResult>(nameof(IDocumentHub.SubmitOperation), request);

    /// <inheritdoc/>
    public Task UpdateSelection(UpdateSelectionRequest request) => connection.CallAsync<object?>(nameof(IDocumentHub.UpdateSelection), request);

    /// <inheritdoc/>
    public Task<OperationBatch> GetOperations(GetOperationsRequest request) =>
        connection.CallAsync<OperationBatch>(nameof(IDocumentHub.GetOperations), request);

    /// <inheritdoc/>
    public Task<HeartbeatResult> Heartbeat(HeartbeatRequest request) =>
        connection.CallAsync<HeartbeatResult>(nameof(IDocumentHub.Heartbeat), request);
}
