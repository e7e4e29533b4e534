using RealtimeCollab.Protocol.Documents;

namespace RealtimeCollab.Client;

/// <summary>What the user may do in a document changed.</summary>
/// <param name="role">The new role.</param>
public sealed class RoleChangedEventArgs(DocumentRole role) : EventArgs
{
    /// <summary>The new role.</summary>
    public DocumentRole Role { get; } = role;
}
