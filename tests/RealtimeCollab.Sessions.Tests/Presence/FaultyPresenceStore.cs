using RealtimeCollab.Sessions.Presence.Nodes;

namespace RealtimeCollab.Sessions.Tests.Presence;

/// <summary>A store that does not answer, tells nobody, or is another one all at once, when it is told to.</summary>
internal sealed class FaultyPresenceStore(IPresenceStore inner) : IPresenceStore
{
    private readonly List<Action<NodeUpdate>> _followers = [];
    private IPresenceStore _inner = inner;
    private IDisposable? _following;

    public bool IsDown { get; set; }

    public bool LosesUpdates { get; set; }

    public IPresenceStore Inner
    {
        get
        {
            if (IsDown)
                throw new InvalidOperationException("the store is down");
            _following ??= _inner.Follow(Tell);
            return _inner;
        }

        set
        {
            _following?.Dispose();
            _following = null;
            _inner = value;
        }
    }

    public ValueTask<bool> WriteAsync(NodeUpdate update, TimeSpan lifetime, CancellationToken cancellationToken) =>
        Inner.WriteAsync(update, lifetime, cancellationToken);

    public ValueTask<IReadOnlyDictionary<string, long>> ReadNodesAsync(CancellationToken cancellationToken) => Inner.ReadNodesAsync(cancellationToken);

    public ValueTask<NodeUpdate?> ReadAsync(string nodeId, CancellationToken cancellationToken) => Inner.ReadAsync(nodeId, cancellationToken);

    public IDisposable Follow(Action<NodeUpdate> onUpdate)
    {
        _followers.Add(onUpdate);
        return new Following(() => _followers.Remove(onUpdate));
    }

    private void Tell(NodeUpdate update)
    {
        if (LosesUpdates)
            return;
        foreach (var follower in _followers.ToList())
            follower(update);
    }

    private sealed class Following(Action onDisposed) : IDisposable
    {
        public void Dispose() => onDisposed();
    }
}
