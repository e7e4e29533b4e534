using System.Text.Json.Serialization;
using RealtimeCollab.OperationalTransform;
using RealtimeCollab.Protocol.Json;

namespace RealtimeCollab.Protocol.Documents;

/// <summary>
/// The content of a document on the wire: a string for plain text, an array of insert components for rich text.
/// The server writes it straight from the document, without building it as one string first.
/// </summary>
[JsonConverter(typeof(DocumentContentConverter))]
public sealed class DocumentContent(Document document, ContentType contentType)
{
    /// <summary>The document.</summary>
    public Document Document { get; } = document;

    /// <summary>Decides the form on the wire.</summary>
    public ContentType ContentType { get; } = contentType;
}
