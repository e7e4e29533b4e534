namespace RealtimeCollab.Sessions.Documents;

/// <summary>A document's place in the registry. Its mutable members belong to the registry's lock.</summary>
internal sealed class SessionSlot(Func<Task<DocumentSession>> open)
{
    private readonly Lazy<Task<DocumentSession>> _opening = new(open);

    /// <summary>Starts with the first who asks; shared by all others.</summary>
    public Task<DocumentSession> Opening => _opening.Value;

    public int Leases { get; set; }

    public ITimer? Eviction { get; set; }
}
