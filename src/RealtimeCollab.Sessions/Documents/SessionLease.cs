namespace RealtimeCollab.Sessions.Documents;

/// <summary>Keeps a session in memory until it is disposed; disposing again does nothing.</summary>
public sealed class SessionLease : IDisposable
{
    private Action? _release;

    internal SessionLease(DocumentSession session, Action release) => (Session, _release) = (session, release);

    /// <summary>The session.</summary>
    public DocumentSession Session { get; }

    /// <inheritdoc/>
    public void Dispose() => Interlocked.Exchange(ref _release, null)?.Invoke();
}
