namespace RealtimeCollab.Sessions.Presence.Watching;

/// <summary>
/// One who hears of changes: at most once in <see cref="PresenceOptions.BatchInterval"/>, and not again before the last message was
/// taken. Safe for concurrent use.
/// </summary>
public sealed class PresenceWatcher : IDisposable
{
    private readonly PresenceTracker _tracker;
    private readonly PacedWork _sending;

    internal PresenceWatcher(
        PresenceTracker tracker, Func<PresenceBatch, CancellationToken, ValueTask> send, TimeSpan interval, TimeProvider time, Action<Exception> onFailed)
    {
        _tracker = tracker;
        _sending = new PacedWork(stopping => SendAsync(send, stopping), interval, time, onFailed);
    }

    /// <summary>Guarded by the tracker's lock, as is the next.</summary>
    internal WatchList List { get; } = new();

    internal bool IsClosed { get; set; }

    /// <summary>The documents whose members it follows.</summary>
    public IReadOnlyList<string> WatchedDocuments => _tracker.DocumentsOf(this);

    /// <summary>
    /// Follows users, and the members of documents, beside those it follows already. Returns how they are now; what is sent while
    /// the call is under way is newer.
    /// </summary>
    /// <exception cref="CollabException"><see cref="CollabError.RateLimited"/>: more than one may follow; nothing has changed then.</exception>
    public IReadOnlyList<UserPresence> Watch(IReadOnlyCollection<string> userIds, IReadOnlyCollection<string> documentIds) =>
        _tracker.Watch(this, userIds, documentIds);

    /// <summary>Follows them no longer.</summary>
    public void Unwatch(IReadOnlyCollection<string> userIds, IReadOnlyCollection<string> documentIds) =>
        _tracker.Unwatch(this, userIds, documentIds);

    /// <summary>Whether it follows a user, or a document that the user is in.</summary>
    public bool Sees(UserPresence user) => _tracker.Sees(this, user);

    /// <summary>Follows nobody any longer.</summary>
    public void UnwatchAll() => _tracker.UnwatchAll(this, isClosing: false);

    /// <summary>Follows nobody any longer, nor ever again.</summary>
    public void Dispose()
    {
        _tracker.UnwatchAll(this, isClosing: true);
        _sending.Dispose();
    }

    /// <summary>Called with the tracker's lock held.</summary>
    internal void Mark(string userId)
    {
        List.Mark(userId);
        _sending.Request();
    }

    private async ValueTask SendAsync(Func<PresenceBatch, CancellationToken, ValueTask> send, CancellationToken stopping)
    {
        var batch = _tracker.TakeBatch(this);
        if (batch.Changed.Count == 0)
            return;
        try
        {
            await send(batch, stopping);
        }
        catch
        {
            _tracker.TakeBack(this, batch);
            throw;
        }

        _tracker.Tell(this, batch.Changed);
    }
}
