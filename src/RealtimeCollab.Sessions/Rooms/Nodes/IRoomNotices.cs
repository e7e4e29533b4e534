namespace RealtimeCollab.Sessions.Rooms.Nodes;

/// <summary>
/// Carries between nodes who is in their rooms. A hint: what is published may be late, lost, doubled or out of order, and is said again by whoever
/// published it. What a node publishes comes back to it as well. Safe for concurrent use.
/// </summary>
public interface IRoomNotices
{
    /// <summary>Tells all nodes that have the document open. Does not wait for them.</summary>
    void Publish(RoomNotice notice);

    /// <summary>Tells all nodes. Does not wait for them.</summary>
    void Publish(RoomPulse pulse);

    /// <summary>Hears what is said of a room until the result is disposed. Waits for a way that is away for a moment only.</summary>
    /// <param name="documentId">The document.</param>
    /// <param name="onNotice">Must not block; called for one notice after the other.</param>
    ValueTask<IDisposable> FollowAsync(string documentId, Action<RoomNotice> onNotice);

    /// <summary>Hears the pulses of all nodes until the result is disposed. Waits for a way that is away for a moment only.</summary>
    /// <param name="onPulse">Must not block; called for one pulse after the other.</param>
    ValueTask<IDisposable> FollowPulsesAsync(Action<RoomPulse> onPulse);
}
