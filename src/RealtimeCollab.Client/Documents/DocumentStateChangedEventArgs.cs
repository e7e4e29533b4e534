namespace RealtimeCollab.Client;

/// <summary>A change of a document's state.</summary>
/// <param name="state">The new state.</param>
public sealed class DocumentStateChangedEventArgs(DocumentState state) : EventArgs
{
    /// <summary>The new state.</summary>
    public DocumentState State { get; } = state;
}
