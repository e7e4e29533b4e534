namespace RealtimeCollab.Protocol.Documents;

/// <summary>A request about one document.</summary>
public interface IDocumentRequest
{
    /// <summary>The document's id.</summary>
    string DocumentId { get; }
}
