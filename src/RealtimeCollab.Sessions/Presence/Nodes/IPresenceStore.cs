namespace RealtimeCollab.Sessions.Presence.Nodes;

/// <summary>
/// Where the nodes tell each other who is with them: a shared store whose entries belong to the node that wrote them and expire with
/// it. Nothing in it is the truth for longer than <see cref="PresenceOptions.NodeLifetime"/>; a store that lost everything is filled
/// again by the nodes. Safe for concurrent use.
/// </summary>
public interface IPresenceStore
{
    /// <summary>
    /// Replaces what the node says of the users of the update, or of everybody, and keeps all that it says for <paramref name="lifetime"/>
    /// from now; an update of nobody does that alone. Those who follow hear of it, perhaps.
    /// </summary>
    /// <returns>False, and nothing is changed: the store has not <see cref="NodeUpdate.Version"/> - 1 of this node, because it expired
    /// or was lost. Everything is to be written again.</returns>
    ValueTask<bool> WriteAsync(NodeUpdate update, TimeSpan lifetime, CancellationToken cancellationToken);

    /// <summary>The nodes that live, with the version of the last update of each.</summary>
    ValueTask<IReadOnlyDictionary<string, long>> ReadNodesAsync(CancellationToken cancellationToken);

    /// <summary>All that a node says, as one update; null if it is not alive.</summary>
    ValueTask<NodeUpdate?> ReadAsync(string nodeId, CancellationToken cancellationToken);

    /// <summary>
    /// Hears of updates until the result is disposed; one's own may be among them. A hint: it may be late, lost or doubled.
    /// </summary>
    IDisposable Follow(Action<NodeUpdate> onUpdate);
}
