namespace RealtimeCollab.Sessions.Presence.Watching;

/// <summary>What a watcher is to hear at once.</summary>
/// <param name="Changed">The users who changed, each once, as they are now.</param>
/// <param name="CameOnline">Those of them who were offline when the watcher last heard of them, or were not in sight.</param>
/// <param name="WentOffline">Those of them who were online when the watcher last heard of them.</param>
public sealed record PresenceBatch(
    IReadOnlyList<UserPresence> Changed, IReadOnlyList<UserPresence> CameOnline, IReadOnlyList<UserPresence> WentOffline)
{
    /// <summary>The part of the batch that is about some of the users.</summary>
    public PresenceBatch Where(Func<UserPresence, bool> isMeant) =>
        new([.. Changed.Where(isMeant)], [.. CameOnline.Where(isMeant)], [.. WentOffline.Where(isMeant)]);
}
