using RealtimeCollab.Protocol.Documents;
using RealtimeCollab.Sessions.Storage.Access;

namespace RealtimeCollab.Server.Access;

/// <summary>Roles as stores keep them and as clients know them.</summary>
internal static class RoleMapping
{
    public static DocumentRole ToDocumentRole(this MemberRole role) => role switch
    {
        MemberRole.Viewer => DocumentRole.Viewer,
        MemberRole.Commenter => DocumentRole.Commenter,
        MemberRole.Editor => DocumentRole.Editor,
        MemberRole.Owner => DocumentRole.Owner,
        _ => DocumentRole.None,
    };

    public static MemberRole ToMemberRole(this DocumentRole role) => role switch
    {
        DocumentRole.Viewer => MemberRole.Viewer,
        DocumentRole.Commenter => MemberRole.Commenter,
        DocumentRole.Editor => MemberRole.Editor,
        DocumentRole.Owner => MemberRole.Owner,
        _ => MemberRole.None,
    };

    /// <summary>As it stands in messages.</summary>
    public static string ToName(this DocumentRole role) => role.ToString().ToLowerInvariant();
}
