namespace RealtimeCollab.Server.Connections;

/// <summary>Who is at the other end of a connection.</summary>
/// <param name="ClientId">The client, the same over its reconnects and hubs.</param>
/// <param name="UserId">The user.</param>
/// <param name="UserName">The name that others see.</param>
/// <param name="Device">A label of the device, as the client gave it.</param>
internal sealed record ClientIdentity(string ClientId, string UserId, string UserName, string? Device);
