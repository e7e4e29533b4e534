namespace RealtimeCollab.Protocol.Documents;

/// <summary>What the server calls on clients of <c>/hubs/document</c>.</summary>
public interface IDocumentClient : ICollabClient
{
    /// <summary>Operations were committed; sent to every member of the document, the author included.</summary>
    Task OperationsApplied(OperationBatch batch);

    /// <summary>Selections moved or went away.</summary>
    Task SelectionsChanged(SelectionsChanged message);

    /// <summary>A client joined the document, or a reader became a writer or a writer a reader.</summary>
    Task UserJoined(ParticipantMessage message);

    /// <summary>A client left the document.</summary>
    Task UserLeft(ParticipantMessage message);

    /// <summary>Who is in the document's session, after a change of its members.</summary>
    Task SessionInfo(SessionInfo message);

    /// <summary>The user's role changed.</summary>
    Task AccessChanged(AccessChanged message);

    /// <summary>The document was closed for the connection.</summary>
    Task DocumentClosed(DocumentClosed message);
}
