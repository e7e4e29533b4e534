namespace RealtimeCollab.Client;

/// <summary>The server cannot take the edits.</summary>
/// <param name="conflict">What stands in the way.</param>
public sealed class DocumentConflictEventArgs(DocumentConflict conflict) : EventArgs
{
    /// <summary>What stands in the way; also <see cref="CollabDocument.Conflict"/> until it is resolved.</summary>
    public DocumentConflict Conflict { get; } = conflict;
}
