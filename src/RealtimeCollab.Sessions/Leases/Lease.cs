namespace RealtimeCollab.Sessions.Leases;

/// <summary>Keeps a session in memory until it is disposed; disposing again does nothing.</summary>
public sealed class Lease<TSession> : IDisposable
{
    private Action? _release;

    internal Lease(TSession session, Action release) => (Session, _release) = (session, release);

    /// <summary>The session.</summary>
    public TSession Session { get; }

    /// <inheritdoc/>
    public void Dispose() => Interlocked.Exchange(ref _release, null)?.Invoke();
}
