namespace RealtimeCollab.Protocol.Chat;

/// <summary>Argument of <see cref="IChatHub.GetMessages"/>: one of the three numbers at the most; with none, the latest messages.</summary>
public sealed record GetMessagesRequest : IRoomRequest
{
    /// <inheritdoc/>
    public required string RoomId { get; init; }

    /// <summary>Gives the last messages before this one.</summary>
    public long? BeforeSequence { get; init; }

    /// <summary>Gives the first messages after this one.</summary>
    public long? AfterSequence { get; init; }

    /// <summary>Gives the messages that changed after this change, in the order of their changes.</summary>
    public long? AfterChange { get; init; }

    /// <summary>Most messages to give, 1 to 200; 50 if absent.</summary>
    public int? Limit { get; init; }
}

/// <summary>Result of <see cref="IChatHub.GetMessages"/>.</summary>
public sealed record MessagePage
{
    /// <summary>The room.</summary>
    public required string RoomId { get; init; }

    /// <summary>Messages in ascending order: of their sequences, or of their changes if <c>afterChange</c> was given.</summary>
    public required IReadOnlyList<ChatMessage> Messages { get; init; }

    /// <summary>The sequence of the room's last message.</summary>
    public required long LastSequence { get; init; }

    /// <summary>The number of the room's last change.</summary>
    public required long LastChange { get; init; }
}

/// <summary>Argument of <see cref="IChatHub.Heartbeat"/>.</summary>
public sealed record ChatHeartbeatRequest
{
    /// <summary>The rooms that the client has open.</summary>
    public required IReadOnlyList<string> RoomIds { get; init; }
}

/// <summary>Result of <see cref="IChatHub.Heartbeat"/>.</summary>
public sealed record ChatHeartbeatResult
{
    /// <summary>The server's clock.</summary>
    public required DateTimeOffset ServerTime { get; init; }

    /// <summary>The number of the last change of each room that the connection has joined.</summary>
    public required IReadOnlyDictionary<string, long> Heads { get; init; }
}
