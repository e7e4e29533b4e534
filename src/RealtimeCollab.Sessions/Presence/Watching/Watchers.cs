namespace RealtimeCollab.Sessions.Presence.Watching;

/// <summary>All watchers of the node, found by whom they follow. Guarded by the tracker's lock.</summary>
internal sealed class Watchers(PresenceOptions options)
{
    private readonly WatchIndex _byUser = new();
    private readonly WatchIndex _byDocument = new();

    /// <exception cref="CollabException"><see cref="CollabError.RateLimited"/>: the lists would get too long.</exception>
    public void Add(PresenceWatcher watcher, IReadOnlyCollection<string> userIds, IReadOnlyCollection<string> documentIds)
    {
        var list = watcher.List;
        Check(list.Users, userIds, options.MaxWatchedUsers, "users");
        Check(list.Documents, documentIds, options.MaxWatchedDocuments, "documents");
        foreach (var userId in userIds.Where(list.Users.Add))
            _byUser.Add(userId, watcher);
        foreach (var documentId in documentIds.Where(list.Documents.Add))
            _byDocument.Add(documentId, watcher);
    }

    public void Remove(PresenceWatcher watcher, IReadOnlyCollection<string> userIds, IReadOnlyCollection<string> documentIds)
    {
        foreach (var userId in userIds.Where(watcher.List.Users.Remove))
            _byUser.Remove(userId, watcher);
        foreach (var documentId in documentIds.Where(watcher.List.Documents.Remove))
            _byDocument.Remove(documentId, watcher);
    }

    /// <summary>Lets those know who follow the user, or a document that the user is or was in.</summary>
    public void Mark(UserPresence before, UserPresence after)
    {
        Mark(_byUser[after.UserId], after.UserId);
        foreach (var documentId in before.Documents)
            Mark(_byDocument[documentId], after.UserId);
        if (ReferenceEquals(before.Documents, after.Documents))
            return;
        foreach (var documentId in after.Documents)
            Mark(_byDocument[documentId], after.UserId);
    }

    private static void Mark(IReadOnlyCollection<PresenceWatcher> watchers, string userId)
    {
        foreach (var watcher in watchers)
            watcher.Mark(userId);
    }

    private static void Check(HashSet<string> present, IReadOnlyCollection<string> wanted, int limit, string what)
    {
        if (present.Count + wanted.Count <= limit)
            return;
        var count = present.Count + wanted.Distinct(StringComparer.Ordinal).Count(id => !present.Contains(id));
        if (count > limit)
            throw CollabException.RateLimited($"The connection would watch {count} {what}; {limit} are allowed.");
    }
}
