namespace RealtimeCollab.Server.Hubs;

/// <summary>Where the node is between its start and its end.</summary>
internal sealed class NodeState(TimeProvider time)
{
    private volatile bool _isDraining;

    public DateTimeOffset StartedAt { get; } = time.GetUtcNow();

    /// <summary>The node takes nothing new: it is about to stop.</summary>
    public bool IsDraining => _isDraining;

    public void BeginDraining() => _isDraining = true;
}
