namespace RealtimeCollab.Protocol.Documents;

/// <summary>What a user may do with a document; each role includes those before it.</summary>
public enum DocumentRole
{
    /// <summary>Nothing: for this user the document is closed.</summary>
    None,

    /// <summary>Read the document, its chat and who is there.</summary>
    Viewer,

    /// <summary>Write in its chat too.</summary>
    Commenter,

    /// <summary>Edit it too.</summary>
    Editor,

    /// <summary>Manage members, versions and deletion too.</summary>
    Owner,
}
