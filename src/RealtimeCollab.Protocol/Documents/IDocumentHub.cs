namespace RealtimeCollab.Protocol.Documents;

/// <summary>What clients call at <c>/hubs/document</c>. A refused call fails with a HubException whose text is <c>code: message</c>.</summary>
public interface IDocumentHub
{
    /// <summary>Follows a document as a reader.</summary>
    Task<DocumentSnapshot> Subscribe(SubscribeRequest request);

    /// <summary>Stops following; a writer stays a writer.</summary>
    Task Unsubscribe(UnsubscribeRequest request);

    /// <summary>Joins a document as a writer, and creates it if it does not exist and the user may.</summary>
    Task<DocumentSnapshot> StartEditing(StartEditingRequest request);

    /// <summary>Stops writing; a subscriber stays a reader.</summary>
    Task StopEditing(StopEditingRequest request);

    /// <summary>Submits an operation; the result means that it is committed to the store.</summary>
    Task<SubmitOperationResult> SubmitOperation(SubmitOperationRequest request);

    /// <summary>Tells where the user's selections are; the latest wins.</summary>
    Task UpdateSelection(UpdateSelectionRequest request);

    /// <summary>Reads committed operations, to fill a gap.</summary>
    Task<OperationBatch> GetOperations(GetOperationsRequest request);

    /// <summary>Asks for the revisions of open documents; sent every 10 seconds, so that a lost last message is found.</summary>
    Task<HeartbeatResult> Heartbeat(HeartbeatRequest request);
}
