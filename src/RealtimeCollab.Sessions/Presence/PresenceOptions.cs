namespace RealtimeCollab.Sessions.Presence;

/// <summary>How presence behaves.</summary>
public sealed record PresenceOptions
{
    /// <summary>How long after an edit a device reads <see cref="Availability.Editing"/>.</summary>
    public TimeSpan EditingLasts { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long after the last activity a device reads <see cref="Availability.Away"/>.</summary>
    public TimeSpan AwayAfter { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long a connection that was closed still counts, so that a page which is loaded again does not flicker.</summary>
    public TimeSpan LeaveGrace { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The same for a connection that fell silent; that it did took a while to find out.</summary>
    public TimeSpan SilentLeaveGrace { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Changes are gathered for so long before a watcher hears of them.</summary>
    public TimeSpan BatchInterval { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Most users that one watcher may follow.</summary>
    public int MaxWatchedUsers { get; init; } = 5_000;

    /// <summary>Most documents that one watcher may follow.</summary>
    public int MaxWatchedDocuments { get; init; } = 200;

    /// <summary>Users who went offline and whose name and last activity are remembered.</summary>
    public int RememberedUsers { get; init; } = 10_000;

    /// <summary>How often a node says that it lives, and looks for what it missed.</summary>
    public TimeSpan NodeInterval { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a node counts as alive after it last said so. With one interval more, its users are offline within 10 s of its death.</summary>
    public TimeSpan NodeLifetime { get; init; } = TimeSpan.FromSeconds(7);
}
