namespace RealtimeCollab.Client;

/// <summary>
/// How to end a <see cref="DocumentConflict"/>. An edit that was on its way when the conflict came may be in the server's content already.
/// </summary>
public enum ConflictResolution
{
    /// <summary>The edits are given up, and the server's content is taken.</summary>
    Discard,

    /// <summary>
    /// The edits are carried over to the server's content, as if the difference between what they were made on and that were somebody else's edit.
    /// </summary>
    Merge,

    /// <summary>What is here takes the place of the server's content, as an edit that anybody can undo or restore.</summary>
    Overwrite,
}
