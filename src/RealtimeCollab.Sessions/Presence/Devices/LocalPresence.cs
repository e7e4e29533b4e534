namespace RealtimeCollab.Sessions.Presence.Devices;

/// <summary>The users who have devices on this node. Guarded by the tracker's lock.</summary>
internal sealed class LocalPresence(PresenceOptions options, ITimer timer)
{
    private readonly Dictionary<string, LocalUser> _users = new(StringComparer.Ordinal);
    private readonly Deadlines _deadlines = new(timer);

    public int Count => _users.Count;

    public IEnumerable<string> UserIds => _users.Keys;

    /// <summary>The device that a connection belongs to, which may be new.</summary>
    public LocalDevice Enter(PresenceIdentity identity, Moment at)
    {
        if (!_users.TryGetValue(identity.UserId, out var user))
            _users.Add(identity.UserId, user = new LocalUser { UserName = identity.UserName });
        user.UserName = identity.UserName;
        if (!user.Devices.TryGetValue(identity.ClientId, out var device))
            user.Devices.Add(identity.ClientId, device = new LocalDevice(identity.UserId, identity.ClientId, at, options));
        return device;
    }

    /// <summary>What there is to be said of a user now. Devices without connections are let go, the others looked at again in time.</summary>
    public NodePresence Describe(string userId, Moment at)
    {
        if (!_users.TryGetValue(userId, out var user))
            return new NodePresence(userId, userId, []);
        foreach (var device in user.Devices.Values)
        {
            device.RemoveGone(at.Now);
            if (!device.HasConnections)
                user.Devices.Remove(device.ClientId);
        }

        if (user.Devices.Count == 0)
            _users.Remove(userId);
        DevicePresence[] devices = [.. user.Devices.Values.Select(device => device.Describe(at))];
        // only now: an edit that was noted in between relies on the deadline of what it saw described
        foreach (var device in user.Devices.Values)
            _deadlines.Schedule(device, at.Now);
        return new NodePresence(userId, user.UserName, devices);
    }

    /// <summary>Whether the other nodes have heard of a user within the interval; if not, they are about to.</summary>
    public bool WasTold(string userId, TimeSpan interval, TimeSpan now)
    {
        if (!_users.TryGetValue(userId, out var user))
            return false;
        if (now - user.ToldAt < interval)
            return true;
        user.ToldAt = now;
        return false;
    }

    /// <summary>The users of whom something may have changed by itself.</summary>
    public IReadOnlyCollection<string> TakeDue(TimeSpan now) =>
        _deadlines.TakeDue(now).Select(device => device.UserId).ToHashSet(StringComparer.Ordinal);
}
