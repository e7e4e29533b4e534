namespace RealtimeCollab.Protocol.Presence;

/// <summary>Argument of <see cref="IPresenceHub.SetStatus"/>.</summary>
public sealed record SetStatusRequest
{
    /// <summary><see cref="PresenceStatus.Online"/>, <see cref="PresenceStatus.Away"/> or <see cref="PresenceStatus.Busy"/>.</summary>
    public required PresenceStatus Status { get; init; }

    /// <summary>A few words about it, at most 128 UTF-16 code units without control characters; absent or empty: none.</summary>
    public string? Text { get; init; }

    /// <summary>The status alone: SignalR writes arguments to its log, and text does not belong there.</summary>
    public override string ToString() => $"{nameof(SetStatusRequest)} {Status}";
}

/// <summary>Argument of <see cref="IPresenceHub.Watch"/>.</summary>
public sealed record WatchRequest
{
    /// <summary>Users to follow, wherever they are.</summary>
    public IReadOnlyList<string>? UserIds { get; init; }

    /// <summary>Documents whose members to follow, whoever they are; the caller has to be allowed to read them.</summary>
    public IReadOnlyList<string>? DocumentIds { get; init; }
}

/// <summary>Argument of <see cref="IPresenceHub.Unwatch"/>; with neither member, nothing is watched any more.</summary>
public sealed record UnwatchRequest
{
    /// <summary>Users to follow no longer; others than those watched are no error.</summary>
    public IReadOnlyList<string>? UserIds { get; init; }

    /// <summary>Documents to follow no longer; others than those watched are no error.</summary>
    public IReadOnlyList<string>? DocumentIds { get; init; }
}

/// <summary>Argument of <see cref="IPresenceHub.GetPresence"/>.</summary>
public sealed record GetPresenceRequest
{
    /// <summary>The users to ask for.</summary>
    public required IReadOnlyList<string> UserIds { get; init; }
}

/// <summary>Argument of <see cref="IPresenceHub.Heartbeat"/>.</summary>
public sealed record PresenceHeartbeatRequest
{
    /// <summary>Whether the user did something at the device lately; if not, its <see cref="PresenceStatus.Online"/> reads <see cref="PresenceStatus.Away"/>.</summary>
    public required bool Active { get; init; }
}
