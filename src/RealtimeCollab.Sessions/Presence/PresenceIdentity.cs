namespace RealtimeCollab.Sessions.Presence;

/// <summary>Who is at the other end of a connection.</summary>
/// <param name="UserId">The user.</param>
/// <param name="UserName">The user's name.</param>
/// <param name="ClientId">The client, the same over its reconnects and hubs: one device.</param>
/// <param name="Device">A label of the device.</param>
public sealed record PresenceIdentity(string UserId, string UserName, string ClientId, string? Device);
