using System.Collections.Concurrent;
using System.Collections.Immutable;
using RealtimeCollab.Server.Access;
using RealtimeCollab.Sessions;

namespace RealtimeCollab.Server.Followers;

/// <summary>The event streams that are open on this node, by document; kept as arrays that are replaced on every change, as hub groups are.</summary>
internal sealed class FollowerRegistry : IDocumentGuests, IDisposable
{
    private readonly Lock _lock = new();
    private readonly ConcurrentDictionary<string, ImmutableArray<Follower>> _followers = new(StringComparer.Ordinal);
    private readonly ITimer _ticks;
    private bool _isDraining;

    public FollowerRegistry(FollowerServices services) =>
        _ticks = services.Time.CreateTimer(_ => ForAll(follower => follower.Tick()), state: null, services.Limits.CheckInterval, services.Limits.CheckInterval);

    /// <summary>Those who follow a document.</summary>
    public ImmutableArray<Follower> this[string documentId] => _followers.GetValueOrDefault(documentId, []);

    public IEnumerable<IDocumentGuest> Guests => _followers.SelectMany(document => document.Value);

    /// <summary>How many streams are open.</summary>
    public int Count => _followers.Sum(document => document.Value.Length);

    /// <exception cref="CollabException"><see cref="CollabError.ServerDraining"/>.</exception>
    public void Add(Follower follower)
    {
        lock (_lock)
        {
            if (_isDraining)
                throw CollabException.ServerDraining();
            _followers[follower.DocumentId] = this[follower.DocumentId].Add(follower);
        }
    }

    public void Remove(Follower follower)
    {
        follower.Leave();
        lock (_lock)
        {
            var left = this[follower.DocumentId].Remove(follower);
            if (left.IsEmpty)
                _followers.TryRemove(follower.DocumentId, out _);
            else
                _followers[follower.DocumentId] = left;
        }
    }

    /// <summary>Opens nothing more, and ends every stream after what it has to write.</summary>
    public void Drain()
    {
        lock (_lock)
            _isDraining = true;
        ForAll(follower => follower.End());
    }

    public void Dispose() => _ticks.Dispose();

    private void ForAll(Action<Follower> action)
    {
        foreach (var (_, followers) in _followers)
        {
            foreach (var follower in followers)
                action(follower);
        }
    }
}
