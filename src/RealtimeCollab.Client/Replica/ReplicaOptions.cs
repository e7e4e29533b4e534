using RealtimeCollab.Client.Keeping;

namespace RealtimeCollab.Client.Replica;

/// <summary>How a replica differs from others.</summary>
internal sealed record ReplicaOptions
{
    /// <summary>Refuses local edits.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>Gives ids that no other operation has; replaced where a run is to be repeated from its seed.</summary>
    public Func<string> NewOperationId { get; init; } = InFlightOperation.NewOperationId;

    /// <summary>
    /// Told of every step as it is made, and of an operation before it is to be sent, if edits are to outlive the process; else null.
    /// </summary>
    public Action<EditRecord>? Keep { get; init; }

    /// <summary>Tells typing without a pause, which is one step of undo, from typing with one.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
