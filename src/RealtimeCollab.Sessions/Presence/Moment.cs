namespace RealtimeCollab.Sessions.Presence;

/// <summary>The same instant on two clocks.</summary>
/// <param name="Now">Since the tracker began; never goes back.</param>
/// <param name="Utc">For people and other nodes.</param>
internal readonly record struct Moment(TimeSpan Now, DateTimeOffset Utc);
