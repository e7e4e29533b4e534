namespace RealtimeCollab.Protocol.Chat;

/// <summary>Argument of <see cref="IChatHub.SetTyping"/>.</summary>
public sealed record SetTypingRequest : IRoomRequest
{
    /// <inheritdoc/>
    public required string RoomId { get; init; }

    /// <summary>Told again at least every 5 seconds while it lasts.</summary>
    public required bool IsTyping { get; init; }
}

/// <summary>Argument of <see cref="IChatClient.TypingChanged"/>.</summary>
public sealed record TypingChanged
{
    /// <summary>The room.</summary>
    public required string RoomId { get; init; }

    /// <summary>Who.</summary>
    public required string UserId { get; init; }

    /// <summary>Their name.</summary>
    public required string UserName { get; init; }

    /// <summary>Whether they type on any of their devices. Told again while it lasts; not told for 8 seconds, it is over.</summary>
    public required bool IsTyping { get; init; }
}

/// <summary>Argument of <see cref="IChatHub.MarkRead"/>.</summary>
public sealed record MarkReadRequest : IRoomRequest
{
    /// <inheritdoc/>
    public required string RoomId { get; init; }

    /// <summary>The last message that the user has read.</summary>
    public required long Sequence { get; init; }
}

/// <summary>Argument of <see cref="IChatClient.ReadChanged"/>.</summary>
public sealed record ReadChanged
{
    /// <summary>The room.</summary>
    public required string RoomId { get; init; }

    /// <summary>Who has read.</summary>
    public required string UserId { get; init; }

    /// <summary>Up to where.</summary>
    public required long Sequence { get; init; }

    /// <summary>What is left unread; told to the user's own devices alone.</summary>
    public int? UnreadCount { get; init; }
}
