namespace RealtimeCollab.Sessions.Presence;

/// <summary>Everyone who is here, as the nodes say, and who is in which document. Guarded by the tracker's lock.</summary>
internal sealed class PresenceDirectory(int rememberedUsers)
{
    private readonly Dictionary<string, Dictionary<string, NodePresence>> _nodes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, UserPresence> _users = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<string>> _members = new(StringComparer.Ordinal);
    private readonly RecentlySeen _seen = new(rememberedUsers);

    public UserPresence Find(string userId) =>
        _users.TryGetValue(userId, out var user) ? user : _seen.Find(userId) ?? UserPresence.Unknown(userId);

    public IReadOnlyCollection<string> MembersOf(string documentId) =>
        _members.TryGetValue(documentId, out var members) ? members : [];

    /// <summary>Of whom a node speaks.</summary>
    public IReadOnlyCollection<string> UsersOf(string nodeId) =>
        _nodes.TryGetValue(nodeId, out var entries) ? entries.Keys : [];

    /// <summary>Takes what a node says of a user in place of what it said before. Returns how the user was, and is now.</summary>
    public (UserPresence Before, UserPresence After) Apply(string nodeId, NodePresence entry)
    {
        var before = Find(entry.UserId);
        Note(nodeId, entry);
        NodePresence[] said = [.. _nodes.Values.Select(entries => entries.GetValueOrDefault(entry.UserId)).OfType<NodePresence>()];
        var after = said.Length == 0 ? before.GoOffline() : UserPresence.Merge(said);
        if (after.IsOnline)
            _users[entry.UserId] = after;
        else if (_users.Remove(entry.UserId))
            _seen.Add(after);
        if (!before.Documents.SequenceEqual(after.Documents, StringComparer.Ordinal))
            Move(before, after);
        return (before, after);
    }

    public void Forget(string userId) => _seen.Remove(userId);

    private void Note(string nodeId, NodePresence entry)
    {
        if (!_nodes.TryGetValue(nodeId, out var entries))
            _nodes.Add(nodeId, entries = new Dictionary<string, NodePresence>(StringComparer.Ordinal));
        if (entry.Devices.Count > 0)
            entries[entry.UserId] = entry;
        else
            entries.Remove(entry.UserId);
        if (entries.Count == 0)
            _nodes.Remove(nodeId);
    }

    private void Move(UserPresence before, UserPresence after)
    {
        foreach (var documentId in before.Documents)
        {
            if (_members.TryGetValue(documentId, out var members) && members.Remove(before.UserId) && members.Count == 0)
                _members.Remove(documentId);
        }

        foreach (var documentId in after.Documents)
        {
            if (!_members.TryGetValue(documentId, out var members))
                _members.Add(documentId, members = new HashSet<string>(StringComparer.Ordinal));
            members.Add(after.UserId);
        }
    }
}
