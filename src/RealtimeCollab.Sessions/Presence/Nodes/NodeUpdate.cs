namespace RealtimeCollab.Sessions.Presence.Nodes;

/// <summary>What changed on a node.</summary>
/// <param name="NodeId">The node.</param>
/// <param name="Version">Counts the updates of the node, from 1 on.</param>
/// <param name="IsAll">The node has nobody but those named; else those not named are as before.</param>
/// <param name="Users">What it says of users now.</param>
public sealed record NodeUpdate(string NodeId, long Version, bool IsAll, IReadOnlyList<NodePresence> Users);
