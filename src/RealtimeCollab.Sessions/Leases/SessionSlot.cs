namespace RealtimeCollab.Sessions.Leases;

/// <summary>A session's place in the registry. Its mutable members belong to the registry's lock.</summary>
internal sealed class SessionSlot<TSession>(Func<Task<TSession>> open)
{
    private readonly Lazy<Task<TSession>> _opening = new(open);

    /// <summary>Starts with the first who asks; shared by all others.</summary>
    public Task<TSession> Opening => _opening.Value;

    public int Leases { get; set; }

    public ITimer? Eviction { get; set; }
}
