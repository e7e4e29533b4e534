using RealtimeCollab.OperationalTransform;

namespace RealtimeCollab.Client;

/// <summary>How to open a document.</summary>
public sealed record OpenDocumentOptions
{
    /// <summary>Follow the document without editing it. One that does not exist is then not created.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>What the document holds, if it does not exist yet.</summary>
    public ContentType ContentType { get; init; }

    /// <summary>Its text, if it does not exist yet.</summary>
    public string? InitialText { get; init; }
}
