namespace RealtimeCollab.Client;

/// <summary>Whether the user's edits are safe, in one word for the user.</summary>
public enum DocumentState
{
    /// <summary>Connected, and every local edit is committed.</summary>
    Synchronized,

    /// <summary>Connected; edits are on their way to the store.</summary>
    Saving,

    /// <summary>Not connected, or not yet up to date again. Edits stay here and are sent on return.</summary>
    Offline,

    /// <summary>
    /// The server cannot take the pending edits: they are kept in <see cref="CollabDocument.Conflict"/> until
    /// <see cref="CollabDocument.ReloadAsync"/>.
    /// </summary>
    Conflict,

    /// <summary>The server ended the document for this user; nothing was pending. Or it was left.</summary>
    Closed,
}
