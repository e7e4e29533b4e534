namespace RealtimeCollab.Sessions.Presence.Devices;

/// <summary>A user who has devices on this node.</summary>
internal sealed class LocalUser
{
    public required string UserName { get; set; }

    public Dictionary<string, LocalDevice> Devices { get; } = new(StringComparer.Ordinal);

    /// <summary>When the other nodes last heard of the user.</summary>
    public TimeSpan ToldAt { get; set; }
}
