namespace RealtimeCollab.Sessions.Storage.Access;

/// <summary>What a member may do with a document; each role includes those before it. Stored as its number.</summary>
public enum MemberRole
{
    /// <summary>Nothing, whatever others may do.</summary>
    None,

    /// <summary>Read.</summary>
    Viewer,

    /// <summary>Write in its chat too.</summary>
    Commenter,

    /// <summary>Edit too.</summary>
    Editor,

    /// <summary>Manage members, versions and deletion too.</summary>
    Owner,
}
