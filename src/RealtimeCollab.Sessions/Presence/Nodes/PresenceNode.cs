using Microsoft.Extensions.Logging;

namespace RealtimeCollab.Sessions.Presence.Nodes;

/// <summary>
/// Joins the tracker of this node with those of the others: says what changed here soon after it did, and every
/// <see cref="PresenceOptions.NodeInterval"/> that this node lives; hears what the others say, reads what it missed, and lets go
/// what a node said that lives no longer.
/// </summary>
public sealed class PresenceNode : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, long> _heard = new(StringComparer.Ordinal);
    private readonly PresenceTracker _tracker;
    private readonly IPresenceStore _store;
    private readonly PresenceOptions _options;
    private readonly ILogger _logger;
    private readonly PacedWork _saying;
    private readonly PacedWork _listening;
    private readonly ITimer _pulse;
    private readonly IDisposable _following;
    private readonly TimeProvider _time;
    private long _version;
    private volatile bool _isKnown;

    /// <summary>When the store was last seen not to hold what this node said, by the clock's timestamps.</summary>
    private long? _lostAt;

    /// <summary>Begins at once.</summary>
    public PresenceNode(PresenceTracker tracker, IPresenceStore store, PresenceOptions options, TimeProvider time, ILogger<PresenceNode> logger)
    {
        ArgumentNullException.ThrowIfNull(tracker);
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        (_tracker, _store, _options, _time, _logger) = (tracker, store, options, time, logger);
        _saying = new PacedWork(SayAsync, options.BatchInterval, time, OnFailed);
        _listening = new PacedWork(ListenAsync, options.BatchInterval, time, OnFailed);
        _following = store.Follow(OnUpdate);
        tracker.OnUnsent = _saying.Request;
        _pulse = time.CreateTimer(_ => RequestBoth(), state: null, TimeSpan.Zero, options.NodeInterval);
    }

    /// <summary>Says and hears nothing more. What was said expires, so that whoever goes on to another node meanwhile does not flicker.</summary>
    public void Dispose()
    {
        _tracker.OnUnsent = null;
        _pulse.Dispose();
        _following.Dispose();
        _saying.Dispose();
        _listening.Dispose();
    }

    private void RequestBoth()
    {
        _saying.Request();
        _listening.Request();
    }

    private async ValueTask SayAsync(CancellationToken stopping)
    {
        var isAll = !_isKnown;
        var update = new NodeUpdate(_tracker.NodeId, _version + 1, isAll, _tracker.TakeUnsent(isAll));
        // whatever becomes of the write, if it is not known to have succeeded everything is said again
        _isKnown = false;
        _version++;
        try
        {
            _isKnown = await _store.WriteAsync(update, _options.NodeLifetime, stopping);
        }
        finally
        {
            if (!_isKnown)
                NoteLoss();
        }

        if (!_isKnown)
            _saying.Request();
    }

    private async ValueTask ListenAsync(CancellationToken stopping)
    {
        // before the store is read: a node that begins meanwhile is not in its answer, and yet lives
        var known = KnownNodes();
        var isSaid = _isKnown;
        var living = await _store.ReadNodesAsync(stopping);
        foreach (var (nodeId, version) in living)
        {
            if (IsOther(nodeId) && HeardOf(nodeId) < version && await _store.ReadAsync(nodeId, stopping) is { } all)
                OnUpdate(all);
        }

        if (isSaid && !living.ContainsKey(_tracker.NodeId))
            NoteLoss();
        if (HasLostLately())
            return;
        foreach (var nodeId in known.Where(nodeId => !living.ContainsKey(nodeId)))
            Forget(nodeId);
    }

    /// <summary>A store that does not hold this node may not hold others either, though they live: they have as long to say so again as a node counts as alive.</summary>
    private void NoteLoss()
    {
        lock (_lock)
            _lostAt = _time.GetTimestamp();
    }

    private bool HasLostLately()
    {
        lock (_lock)
            return _lostAt is { } lostAt && _time.GetElapsedTime(lostAt) < _options.NodeLifetime;
    }

    private void Forget(string nodeId)
    {
        lock (_lock)
        {
            _heard.Remove(nodeId);
            PresenceLog.NodeGone(_logger, nodeId, _tracker.Hear(nodeId, [], isAll: true));
        }
    }

    private void OnUpdate(NodeUpdate update)
    {
        if (!IsOther(update.NodeId))
            return;
        lock (_lock)
        {
            // an update of some users is of use only to those who have heard the one before it
            var heard = _heard.GetValueOrDefault(update.NodeId);
            if (update.Version > heard && (update.IsAll || update.Version == heard + 1))
            {
                _tracker.Hear(update.NodeId, update.Users, update.IsAll);
                _heard[update.NodeId] = update.Version;
            }
            else if (update.Version > heard)
            {
                _listening.Request();
            }
        }
    }

    private bool IsOther(string nodeId) => !string.Equals(nodeId, _tracker.NodeId, StringComparison.Ordinal);

    private long HeardOf(string nodeId)
    {
        lock (_lock)
            return _heard.GetValueOrDefault(nodeId);
    }

    private string[] KnownNodes()
    {
        lock (_lock)
            return [.. _heard.Keys];
    }

    private void OnFailed(Exception exception) => PresenceLog.StoreFailed(_logger, exception);
}
