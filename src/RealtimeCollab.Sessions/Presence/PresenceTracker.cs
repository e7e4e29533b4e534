using Microsoft.Extensions.Logging;
using RealtimeCollab.Sessions.Presence.Devices;
using RealtimeCollab.Sessions.Presence.Watching;

namespace RealtimeCollab.Sessions.Presence;

/// <summary>
/// Who is here, on all nodes. What happens on a connection goes one way: to its device, from there to the user in the directory, and
/// from there to the watchers, who are sent for later. One lock guards it all and is held for a few dictionary look-ups at a time.
/// </summary>
public sealed class PresenceTracker : IDisposable
{
    /// <summary>How old the other nodes' notion of a user's last activity may get.</summary>
    private static readonly TimeSpan ActivityInterval = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly PresenceDirectory _directory;
    private readonly LocalPresence _local;
    private readonly Watchers _watchers;
    private readonly HashSet<string> _unsent = new(StringComparer.Ordinal);
    private readonly PresenceOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly ITimer _timer;
    private readonly long _began;

    /// <summary>Makes a tracker that knows of nobody.</summary>
    public PresenceTracker(PresenceOptions options, TimeProvider time, ILogger<PresenceTracker> logger)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        (_options, _time, _logger, _began) = (options, time, logger, time.GetTimestamp());
        _timer = time.CreateTimer(_ => OnDue(), state: null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _directory = new PresenceDirectory(options.RememberedUsers);
        _local = new LocalPresence(options, _timer);
        _watchers = new Watchers(options);
    }

    /// <summary>Random; another one after every start.</summary>
    public string NodeId { get; } = Guid.NewGuid().ToString("N");

    /// <summary>How many users have devices on this node.</summary>
    public int LocalUserCount
    {
        get
        {
            lock (_lock)
                return _local.Count;
        }
    }

    /// <summary>Called with the lock held when there is something to be told to the other nodes.</summary>
    internal Action? OnUnsent { get; set; }

    internal TimeSpan Now => _time.GetElapsedTime(_began);

    private Moment At => new(Now, _time.GetUtcNow());

    /// <summary>A connection came, on whichever hub. Its device may be here already.</summary>
    public PresenceConnection Connect(PresenceIdentity identity)
    {
        ArgumentNullException.ThrowIfNull(identity);
        lock (_lock)
        {
            var at = At;
            var device = _local.Enter(identity, at);
            var connection = new PresenceConnection(this, device, identity);
            device.Add(connection);
            Publish_NeedsLock(identity.UserId, at);
            return connection;
        }
    }

    /// <summary>How users are now; each once, those who are not here too.</summary>
    public IReadOnlyList<UserPresence> Get(IReadOnlyCollection<string> userIds)
    {
        lock (_lock)
            return [.. userIds.Distinct(StringComparer.Ordinal).Select(_directory.Find)];
    }

    /// <summary>Forgets when and under which name a user was last here, unless they are.</summary>
    public void Forget(string userId)
    {
        lock (_lock)
            _directory.Forget(userId);
    }

    /// <summary>Makes a watcher that follows nobody yet.</summary>
    /// <param name="send">Sends a batch; called for one after another. One that fails is made anew and sent later.</param>
    public PresenceWatcher OpenWatcher(Func<PresenceBatch, CancellationToken, ValueTask> send) =>
        new(this, send, _options.BatchInterval, _time, exception => PresenceLog.SendFailed(_logger, exception));

    /// <inheritdoc/>
    public void Dispose() => _timer.Dispose();

    internal TimeSpan GraceOf(bool wasSilent) => wasSilent ? _options.SilentLeaveGrace : _options.LeaveGrace;

    internal void Update(PresenceConnection connection, Action<Moment> change)
    {
        lock (_lock)
        {
            if (connection.GoneAt is not null)
                return;
            var at = At;
            change(at);
            Publish_NeedsLock(connection.Identity.UserId, at);
        }
    }

    internal IReadOnlyList<UserPresence> Watch(
        PresenceWatcher watcher, IReadOnlyCollection<string> userIds, IReadOnlyCollection<string> documentIds)
    {
        lock (_lock)
        {
            if (watcher.IsClosed)
                throw new OperationCanceledException("The connection is closed.");
            _watchers.Add(watcher, userIds, documentIds);
            var users = userIds.Concat(documentIds.SelectMany(_directory.MembersOf)).Distinct(StringComparer.Ordinal).Select(_directory.Find).ToList();
            watcher.List.Tell(users);
            return users;
        }
    }

    internal void Unwatch(PresenceWatcher watcher, IReadOnlyCollection<string> userIds, IReadOnlyCollection<string> documentIds)
    {
        lock (_lock)
        {
            _watchers.Remove(watcher, userIds, documentIds);
            watcher.List.Forget(_directory);
        }
    }

    internal void UnwatchAll(PresenceWatcher watcher, bool isClosing)
    {
        lock (_lock)
        {
            watcher.IsClosed |= isClosing;
            _watchers.Remove(watcher, [.. watcher.List.Users], [.. watcher.List.Documents]);
            watcher.List.Forget(_directory);
        }
    }

    internal IReadOnlyList<string> DocumentsOf(PresenceWatcher watcher)
    {
        lock (_lock)
            return [.. watcher.List.Documents];
    }

    internal bool Sees(PresenceWatcher watcher, UserPresence user)
    {
        lock (_lock)
            return watcher.List.Sees(user);
    }

    internal PresenceBatch TakeBatch(PresenceWatcher watcher)
    {
        lock (_lock)
            return watcher.List.TakeBatch(_directory);
    }

    internal void TakeBack(PresenceWatcher watcher, PresenceBatch batch)
    {
        lock (_lock)
            watcher.List.TakeBack(batch);
    }

    internal void Tell(PresenceWatcher watcher, IReadOnlyList<UserPresence> users)
    {
        lock (_lock)
            watcher.List.Tell(users);
    }

    /// <summary>What there is to be told to the other nodes.</summary>
    /// <param name="all">Of everyone on this node, not only of those who changed.</param>
    internal IReadOnlyList<NodePresence> TakeUnsent(bool all)
    {
        lock (_lock)
        {
            var at = At;
            if (all)
                _unsent.UnionWith(_local.UserIds);
            NodePresence[] entries = [.. _unsent.Select(userId => _local.Describe(userId, at))];
            _unsent.Clear();
            return entries;
        }
    }

    /// <summary>What another node says.</summary>
    /// <param name="nodeId">The node.</param>
    /// <param name="entries">What it says of users.</param>
    /// <param name="isAll">It says nothing of anybody else any more.</param>
    /// <returns>How many users it said something of and does not name now.</returns>
    internal int Hear(string nodeId, IReadOnlyList<NodePresence> entries, bool isAll)
    {
        lock (_lock)
        {
            var gone = isAll ? _directory.UsersOf(nodeId).Except(entries.Select(entry => entry.UserId), StringComparer.Ordinal).ToList() : [];
            foreach (var userId in gone)
                Apply_NeedsLock(nodeId, new NodePresence(userId, userId, []));
            foreach (var entry in entries)
                Apply_NeedsLock(nodeId, entry);
            return gone.Count;
        }
    }

    private void OnDue()
    {
        lock (_lock)
        {
            var at = At;
            foreach (var userId in _local.TakeDue(at.Now))
                Publish_NeedsLock(userId, at);
        }
    }

    private void Publish_NeedsLock(string userId, Moment at)
    {
        var hasChanged = Apply_NeedsLock(NodeId, _local.Describe(userId, at));
        if (!hasChanged && _local.WasTold(userId, ActivityInterval, at.Now))
            return;
        if (OnUnsent is not { } tell)
            return;
        _unsent.Add(userId);
        tell();
    }

    private bool Apply_NeedsLock(string nodeId, NodePresence entry)
    {
        var (before, after) = _directory.Apply(nodeId, entry);
        if (after.LooksLike(before))
            return false;
        _watchers.Mark(before, after);
        return true;
    }
}
