namespace RealtimeCollab.Sessions.Presence;

/// <summary>Those who went offline last, at most so many. Guarded by the tracker's lock.</summary>
internal sealed class RecentlySeen(int capacity)
{
    private readonly Dictionary<string, UserPresence> _users = new(StringComparer.Ordinal);
    private readonly Queue<UserPresence> _inOrder = new();

    public UserPresence? Find(string userId) => _users.GetValueOrDefault(userId);

    public void Remove(string userId) => _users.Remove(userId);

    public void Add(UserPresence user)
    {
        _users[user.UserId] = user;
        _inOrder.Enqueue(user);
        while (_inOrder.Count > capacity)
        {
            var oldest = _inOrder.Dequeue();
            // the user may have come and gone again since
            if (ReferenceEquals(_users.GetValueOrDefault(oldest.UserId), oldest))
                _users.Remove(oldest.UserId);
        }
    }
}
