namespace RealtimeCollab.Protocol.Presence;

/// <summary>A user, merged over all devices on all hubs and all nodes.</summary>
public sealed record PresenceUser
{
    /// <summary>The user's id.</summary>
    public required string UserId { get; init; }

    /// <summary>The user's name; the id, if the server has not seen the user.</summary>
    public required string UserName { get; init; }

    /// <summary>The first of editing, busy, online, away and offline that a device is.</summary>
    public required PresenceStatus Status { get; init; }

    /// <summary>What the user says about the status.</summary>
    public string? Text { get; init; }

    /// <summary>Ids of the documents that the user has joined, as far as the receiver may read them.</summary>
    public required IReadOnlyList<string> Documents { get; init; }

    /// <summary>The user's devices, the one that has been here longest first.</summary>
    public required IReadOnlyList<PresenceDevice> Devices { get; init; }

    /// <summary>
    /// When the user last did something; absent when the server does not know the user. A change of this alone is not sent.
    /// </summary>
    public DateTimeOffset? LastActive { get; init; }
}

/// <summary>A device of a user: all connections with the same <c>clientId</c>.</summary>
public sealed record PresenceDevice
{
    /// <summary>The client's id.</summary>
    public required string ClientId { get; init; }

    /// <summary>A label, as the client gave it.</summary>
    public string? Device { get; init; }

    /// <summary>When it came.</summary>
    public required DateTimeOffset Since { get; init; }
}

/// <summary>
/// Result of <see cref="IPresenceHub.Watch"/> and <see cref="IPresenceHub.GetPresence"/>, and argument of the callbacks.
/// </summary>
public sealed record PresenceUsers
{
    /// <summary>The users, each once and whole.</summary>
    public required IReadOnlyList<PresenceUser> Users { get; init; }
}
