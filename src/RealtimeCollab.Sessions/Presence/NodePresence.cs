namespace RealtimeCollab.Sessions.Presence;

/// <summary>What one node says of one user.</summary>
/// <param name="UserId">The user.</param>
/// <param name="UserName">The user's name.</param>
/// <param name="Devices">The user's devices on this node; none: the user is not with it any more.</param>
public sealed record NodePresence(string UserId, string UserName, IReadOnlyList<DevicePresence> Devices);
