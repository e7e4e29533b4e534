namespace RealtimeCollab.Sessions.Presence.Devices;

/// <summary>
/// A device on this node: its connections, what the user chose on it, and when something last happened. Times are those of the
/// node's monotonic clock. Guarded by the tracker's lock, but for edits and activity, which are too frequent for it.
/// </summary>
internal sealed class LocalDevice(string userId, string clientId, Moment came, PresenceOptions options)
{
    private const int Unknown = -1;

    private readonly List<PresenceConnection> _connections = [];
    private string? _label;
    private string? _text;
    private Availability _chosen = Availability.Online;
    private DateTimeOffset? _chosenAt;
    private TimeSpan? _idleSince;
    private long _editedAt = long.MinValue;
    private long _activeAt = came.Now.Ticks;
    private int _shown = Unknown;

    public string UserId => userId;

    public string ClientId => clientId;

    public bool HasConnections => _connections.Count > 0;

    /// <summary>When the deadlines look at it again.</summary>
    public TimeSpan? DueAt { get; set; }

    private TimeSpan LastActive => TimeSpan.FromTicks(Math.Max(Volatile.Read(ref _activeAt), Volatile.Read(ref _editedAt)));

    /// <summary>The client said that nobody is there, and nothing has happened since.</summary>
    private bool IsIdle => _idleSince is { } since && since >= LastActive;

    public void Add(PresenceConnection connection)
    {
        _label = connection.Identity.Device ?? _label;
        _connections.Add(connection);
    }

    /// <summary>Lets those go whose grace is over.</summary>
    public void RemoveGone(TimeSpan now) => _connections.RemoveAll(connection => connection.GoneAt <= now);

    public void Choose(Availability status, string? text, Moment at)
    {
        (_chosen, _text, _chosenAt) = (status, text, at.Utc);
        BeActive(at);
    }

    public void BeIdle(Moment at) => _idleSince = at.Now;

    public void BeActive(Moment at)
    {
        _idleSince = null;
        Volatile.Write(ref _activeAt, at.Now.Ticks);
    }

    /// <summary>Notes an edit without the lock. Returns whether the device reads as editing anyway, so that nobody has to hear of it.</summary>
    public bool TryEditOn(TimeSpan now)
    {
        Interlocked.Exchange(ref _editedAt, now.Ticks);
        return Volatile.Read(ref _shown) == (int)Availability.Editing;
    }

    /// <summary>Notes activity without the lock. Returns whether it changes nothing to be seen.</summary>
    public bool TryActOn(TimeSpan now)
    {
        Interlocked.Exchange(ref _activeAt, now.Ticks);
        return Volatile.Read(ref _shown) is not (int)Availability.Away and not Unknown;
    }

    public DevicePresence Describe(Moment at)
    {
        // whoever edits writes the time and then reads what is shown; this here is the other way round, so that one of the two sees the other
        Interlocked.Exchange(ref _shown, Unknown);
        var status = StatusAt(at.Now);
        Volatile.Write(ref _shown, (int)status);
        return new DevicePresence
        {
            ClientId = clientId,
            Label = _label,
            Since = came.Utc,
            Status = status,
            Chosen = _chosen,
            ChosenAt = _chosenAt,
            Text = _text,
            LastActive = at.Utc - (at.Now - LastActive),
            Documents = [.. _connections.SelectMany(connection => connection.Documents).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
        };
    }

    /// <summary>When it may read otherwise if nothing happens.</summary>
    public TimeSpan? NextChange(TimeSpan now)
    {
        TimeSpan? next = StatusAt(now) switch
        {
            Availability.Editing => TimeSpan.FromTicks(Volatile.Read(ref _editedAt)) + options.EditingLasts,
            Availability.Online => LastActive + options.AwayAfter,
            _ => null,
        };
        foreach (var connection in _connections)
        {
            if (connection.GoneAt is { } gone && !(next <= gone))
                next = gone;
        }

        return next;
    }

    private Availability StatusAt(TimeSpan now)
    {
        var editedAt = Volatile.Read(ref _editedAt);
        if (editedAt != long.MinValue && now.Ticks - editedAt < options.EditingLasts.Ticks)
            return Availability.Editing;
        if (_chosen != Availability.Online)
            return _chosen;
        return IsIdle || now - LastActive >= options.AwayAfter ? Availability.Away : Availability.Online;
    }
}
