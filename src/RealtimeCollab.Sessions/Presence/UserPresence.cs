namespace RealtimeCollab.Sessions.Presence;

/// <summary>A user, merged over all devices on all nodes.</summary>
public sealed record UserPresence
{
    /// <summary>The user.</summary>
    public required string UserId { get; init; }

    /// <summary>The user's name; the id if nobody has seen the user.</summary>
    public required string UserName { get; init; }

    /// <summary>The highest of the devices.</summary>
    public Availability Status { get; init; }

    /// <summary>What the user says, on the device with the highest choice, the latest of such.</summary>
    public string? Text { get; init; }

    /// <summary>The documents that the user is in, in ordinal order.</summary>
    public IReadOnlyList<string> Documents { get; init; } = [];

    /// <summary>The user's devices, the one that came first in front.</summary>
    public IReadOnlyList<DevicePresence> Devices { get; init; } = [];

    /// <summary>When the user last did something; null if nobody has seen the user.</summary>
    public DateTimeOffset? LastActive { get; init; }

    /// <summary>Whether any device is here.</summary>
    public bool IsOnline => Status != Availability.Offline;

    /// <summary>Someone of whom nothing is known.</summary>
    internal static UserPresence Unknown(string userId) => new() { UserId = userId, UserName = userId };

    /// <summary>Merges what the nodes say, at least one with a device among them.</summary>
    internal static UserPresence Merge(IReadOnlyList<NodePresence> nodes)
    {
        var devices = nodes.SelectMany(node => node.Devices)
            .GroupBy(device => device.ClientId, StringComparer.Ordinal)
            .Select(ofOneClient => ofOneClient.Aggregate(DevicePresence.Merge))
            .OrderBy(device => device.Since).ThenBy(device => device.ClientId, StringComparer.Ordinal)
            .ToList();
        return new UserPresence
        {
            UserId = nodes[0].UserId,
            UserName = nodes.MaxBy(node => node.Devices.Select(device => device.Since).DefaultIfEmpty().Max())!.UserName,
            Status = devices.Max(device => device.Status),
            Text = devices.Where(device => device.Text is not null).OrderBy(device => device.Chosen).ThenBy(device => device.ChosenAt).LastOrDefault()?.Text,
            Documents = DevicePresence.Union(devices),
            Devices = devices,
            LastActive = devices.Max(device => device.LastActive),
        };
    }

    /// <summary>The user after the last device went.</summary>
    internal UserPresence GoOffline() => new() { UserId = UserId, UserName = UserName, LastActive = LastActive };

    /// <summary>Whether a watcher would see no difference; when the user was last active is nothing to be told by itself.</summary>
    internal bool LooksLike(UserPresence other) =>
        Status == other.Status
        && string.Equals(Text, other.Text, StringComparison.Ordinal)
        && string.Equals(UserName, other.UserName, StringComparison.Ordinal)
        && Documents.SequenceEqual(other.Documents, StringComparer.Ordinal)
        && Devices.Select(Label).SequenceEqual(other.Devices.Select(Label));

    private static (string ClientId, string? Label, DateTimeOffset Since) Label(DevicePresence device) =>
        (device.ClientId, device.Label, device.Since);
}
