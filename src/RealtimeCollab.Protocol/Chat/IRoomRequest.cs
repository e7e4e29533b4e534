namespace RealtimeCollab.Protocol.Chat;

/// <summary>A request about one chat room.</summary>
public interface IRoomRequest
{
    /// <summary>The room's id: a document's id, or one that begins with <c>~</c> for a room of its own.</summary>
    string RoomId { get; }
}
