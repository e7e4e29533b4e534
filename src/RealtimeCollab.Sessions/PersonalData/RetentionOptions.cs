namespace RealtimeCollab.Sessions.PersonalData;

/// <summary>How long things are kept that nobody deletes; null: for ever.</summary>
public sealed record RetentionOptions
{
    /// <summary>Messages older than this end, as if they were deleted.</summary>
    public TimeSpan? Chat { get; init; }

    /// <summary>Notifications older than this are removed, acknowledged or not.</summary>
    public TimeSpan? Notifications { get; init; }

    /// <summary>How often that is looked after.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromHours(1);
}
