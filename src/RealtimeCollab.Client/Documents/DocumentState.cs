namespace RealtimeCollab.Client;

/// <summary>Whether the user's edits are safe, in one word for the user.</summary>
public enum DocumentState
{
    /// <summary>Every edit is in the server's store.</summary>
    Synchronized,

    /// <summary>Edits are on their way to the store.</summary>
    Saving,

    /// <summary>
    /// There is no connection: edits are kept here and sent when there is one again. A document that is closed is offline for good; see
    /// <see cref="CollabDocument.IsClosed"/>.
    /// </summary>
    Offline,

    /// <summary>
    /// The server cannot take the edits. Nothing is sent and nothing is lost until <see cref="CollabDocument.ResolveConflictAsync"/>; see
    /// <see cref="CollabDocument.Conflict"/>.
    /// </summary>
    Conflict,
}
