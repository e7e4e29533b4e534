using RealtimeCollab.Protocol.Presence;
using RealtimeCollab.Sessions.Presence;

namespace RealtimeCollab.Server.Presence;

/// <summary>From what the tracker knows to what clients hear, and back.</summary>
internal static class PresenceMapping
{
    public static Availability ToAvailability(PresenceStatus status) => status switch
    {
        PresenceStatus.Online => Availability.Online,
        PresenceStatus.Away => Availability.Away,
        PresenceStatus.Busy => Availability.Busy,
        PresenceStatus.Editing => Availability.Editing,
        _ => Availability.Offline,
    };

    /// <param name="user">The user.</param>
    /// <param name="documents">Those of the user's documents that the receiver may know of.</param>
    public static PresenceUser ToWire(this UserPresence user, IReadOnlyList<string> documents) => new()
    {
        UserId = user.UserId,
        UserName = user.UserName,
        Status = ToStatus(user.Status),
        Text = user.Text,
        Documents = documents,
        Devices = [.. user.Devices.Select(device => new PresenceDevice { ClientId = device.ClientId, Device = device.Label, Since = device.Since })],
        LastActive = user.LastActive,
    };

    private static PresenceStatus ToStatus(Availability status) => status switch
    {
        Availability.Online => PresenceStatus.Online,
        Availability.Away => PresenceStatus.Away,
        Availability.Busy => PresenceStatus.Busy,
        Availability.Editing => PresenceStatus.Editing,
        _ => PresenceStatus.Offline,
    };
}
