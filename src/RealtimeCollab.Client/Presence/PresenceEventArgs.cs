using RealtimeCollab.Protocol.Presence;

namespace RealtimeCollab.Client.Presence;

/// <summary>Users of whom there is something to be told.</summary>
public sealed class PresenceEventArgs(IReadOnlyList<PresenceUser> users) : EventArgs
{
    /// <summary>The users, as they are now.</summary>
    public IReadOnlyList<PresenceUser> Users { get; } = users;
}
