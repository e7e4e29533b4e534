namespace RealtimeCollab.Protocol.Chat;

/// <summary>Argument of <see cref="IChatHub.SendMessage"/>.</summary>
public sealed record SendMessageRequest : IRoomRequest
{
    /// <inheritdoc/>
    public required string RoomId { get; init; }

    /// <summary>Random, chosen by the client, 1 to 128 characters; the same when the message is sent again: it is stored once.</summary>
    public required string ClientMessageId { get; init; }

    /// <summary>The text: 1 to <see cref="ServerLimits.MaxMessageLength"/> UTF-16 code units, no control characters but tab and line ends.</summary>
    public required string Content { get; init; }

    /// <summary>Ids of users to mention, at most <see cref="ServerLimits.MaxMentions"/>; those who may read the room are notified.</summary>
    public IReadOnlyList<string>? Mentions { get; init; }

    /// <summary>The id of the message that this one answers.</summary>
    public string? ReplyTo { get; init; }

    /// <summary><c>text</c> if absent; else what the application calls it, 1 to 128 characters of <c>A-Z a-z 0-9 . _ ~ -</c>.</summary>
    public string? MessageType { get; init; }

    /// <summary>The ids alone: SignalR writes arguments to its log, and text does not belong there.</summary>
    public override string ToString() => $"{nameof(SendMessageRequest)} {RoomId} {ClientMessageId}";
}

/// <summary>Result of <see cref="IChatHub.SendMessage"/>: the message is stored.</summary>
public sealed record SendMessageResult
{
    /// <summary>The message's id; for one sent again, that of its first time.</summary>
    public required string MessageId { get; init; }

    /// <summary>Its id as the client chose it.</summary>
    public required string ClientMessageId { get; init; }

    /// <summary>Its place in the room.</summary>
    public required long Sequence { get; init; }

    /// <summary>When it was stored.</summary>
    public required DateTimeOffset Timestamp { get; init; }
}
