using RealtimeCollab.Protocol.Documents;

namespace RealtimeCollab.Protocol.Chat;

/// <summary>Argument of <see cref="IChatHub.JoinRoom"/>: with neither number, the latest messages come.</summary>
public sealed record JoinRoomRequest : IRoomRequest
{
    /// <inheritdoc/>
    public required string RoomId { get; init; }

    /// <summary>The sequence of the last message that the client has: those after it come.</summary>
    public long? AfterSequence { get; init; }

    /// <summary>The last change that the client knows: all messages that changed since come, in the order of their changes.</summary>
    public long? AfterChange { get; init; }
}

/// <summary>Argument of <see cref="IChatHub.LeaveRoom"/>.</summary>
public sealed record LeaveRoomRequest : IRoomRequest
{
    /// <inheritdoc/>
    public required string RoomId { get; init; }
}

/// <summary>Result of <see cref="IChatHub.JoinRoom"/>.</summary>
public sealed record RoomSnapshot
{
    /// <summary>The room.</summary>
    public required string RoomId { get; init; }

    /// <summary>Messages, in the order that was asked for; there may be more.</summary>
    public required IReadOnlyList<ChatMessage> Messages { get; init; }

    /// <summary>The people of the room: those who were ever in it, and in a room of its own all its members. At most 200.</summary>
    public required IReadOnlyList<ChatMember> Members { get; init; }

    /// <summary>The sequence of the room's last message; 0 if there is none.</summary>
    public required long LastSequence { get; init; }

    /// <summary>The number of the room's last change; 0 if there is none.</summary>
    public required long LastChange { get; init; }

    /// <summary>Up to where the user has read, on whichever device.</summary>
    public required long LastReadSequence { get; init; }

    /// <summary>Messages of others after that, at most 1000 of them counted.</summary>
    public required int UnreadCount { get; init; }

    /// <summary>What the user may do: a viewer reads, a commenter writes, an owner also edits and deletes messages of others.</summary>
    public required DocumentRole Role { get; init; }
}

/// <summary>Somebody in a room.</summary>
public sealed record ChatMember
{
    /// <summary>The user's id.</summary>
    public required string UserId { get; init; }

    /// <summary>The user's name when they were last in the room; the id, if they never were.</summary>
    public required string UserName { get; init; }

    /// <summary>Up to where they have read.</summary>
    public required long LastReadSequence { get; init; }

    /// <summary>What they may do, in a room of its own; absent in a document's, where the document decides.</summary>
    public DocumentRole? Role { get; init; }
}
