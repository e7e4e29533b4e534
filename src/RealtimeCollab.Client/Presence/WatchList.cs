using RealtimeCollab.Protocol.Presence;

namespace RealtimeCollab.Client.Presence;

/// <summary>Whom a client wants to watch, and what it knows of them. Guarded by the client's lock.</summary>
internal sealed class WatchList
{
    private readonly HashSet<string> _userIds = new(StringComparer.Ordinal);
    private readonly HashSet<string> _documentIds = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PresenceUser> _users = new(StringComparer.Ordinal);

    public IReadOnlyList<PresenceUser> Users => [.. _users.Values];

    public IReadOnlyList<string> UserIds => [.. _userIds];

    public IReadOnlyList<string> DocumentIds => [.. _documentIds];

    /// <summary>Returns what was not wanted before.</summary>
    public WatchRequest Add(WatchRequest request) => new()
    {
        UserIds = [.. (request.UserIds ?? []).Where(_userIds.Add)],
        DocumentIds = [.. (request.DocumentIds ?? []).Where(_documentIds.Add)],
    };

    /// <summary>Returns those who are not known any longer.</summary>
    public IReadOnlyList<PresenceUser> Remove(IReadOnlyList<string>? userIds, IReadOnlyList<string>? documentIds)
    {
        _userIds.ExceptWith(userIds ?? []);
        _documentIds.ExceptWith(documentIds ?? []);
        return Forget([.. _users.Values.Where(user => !Sees(user)).Select(user => user.UserId)]);
    }

    /// <summary>Takes what the server says of users. Those who left the last watched document are not known any longer.</summary>
    public void Take(IEnumerable<PresenceUser> users)
    {
        foreach (var user in users)
        {
            if (Sees(user))
                _users[user.UserId] = user;
            else
                _users.Remove(user.UserId);
        }
    }

    /// <summary>Returns those of them who were known.</summary>
    public IReadOnlyList<PresenceUser> Forget(IReadOnlyCollection<string> userIds)
    {
        var gone = new List<PresenceUser>();
        foreach (var userId in userIds)
        {
            if (_users.Remove(userId, out var user))
                gone.Add(user);
        }

        return gone;
    }

    private bool Sees(PresenceUser user) => _userIds.Contains(user.UserId) || _documentIds.Overlaps(user.Documents);
}
