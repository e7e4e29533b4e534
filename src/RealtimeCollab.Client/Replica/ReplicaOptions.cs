namespace RealtimeCollab.Client.Replica;

/// <summary>How a replica differs from others.</summary>
internal sealed record ReplicaOptions
{
    /// <summary>Refuses local edits.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>Gives ids that no other operation has; replaced where a run is to be repeated from its seed.</summary>
    public Func<string> NewOperationId { get; init; } = InFlightOperation.NewOperationId;
}
