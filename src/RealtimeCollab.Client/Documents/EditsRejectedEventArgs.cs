using RealtimeCollab.OperationalTransform;

namespace RealtimeCollab.Client;

/// <summary>The server refused edits for good. The content is loaded anew, without them; here they are.</summary>
/// <param name="error">The refusal.</param>
/// <param name="operations">What the server does not have.</param>
/// <param name="content">The content with these edits in it.</param>
public sealed class EditsRejectedEventArgs(CollabClientException error, IReadOnlyList<TextOperation> operations, Document content) : EventArgs
{
    /// <summary>The refusal.</summary>
    public CollabClientException Error { get; } = error;

    /// <summary>What the server does not have: each operation applies after the one before it.</summary>
    public IReadOnlyList<TextOperation> Operations { get; } = operations;

    /// <summary>The content with these edits in it, as the user saw it.</summary>
    public Document Content { get; } = content;
}
