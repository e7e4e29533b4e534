using RealtimeCollab.OperationalTransform;

namespace RealtimeCollab.Client;

/// <summary>How to open a document.</summary>
public sealed record OpenDocumentOptions
{
    /// <summary>Follow the document without editing it. One that does not exist is then not created.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>
    /// Whether the document belongs to the synchronization context in which it is opened, if there is one: a user interface's. Its content then
    /// changes, and its events are raised, only there. Without one, or if this is false, they come on any thread.
    /// </summary>
    public bool CaptureContext { get; init; } = true;

    /// <summary>What the document holds, if it does not exist yet.</summary>
    public ContentType ContentType { get; init; }

    /// <summary>Its text, if it does not exist yet.</summary>
    public string? InitialText { get; init; }
}
