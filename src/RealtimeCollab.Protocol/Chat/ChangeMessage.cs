namespace RealtimeCollab.Protocol.Chat;

/// <summary>Argument of <see cref="IChatHub.EditMessage"/>.</summary>
public sealed record EditMessageRequest : IRoomRequest
{
    /// <inheritdoc/>
    public required string RoomId { get; init; }

    /// <summary>The message to change.</summary>
    public required string MessageId { get; init; }

    /// <summary>The new text, as in <see cref="SendMessageRequest.Content"/>.</summary>
    public required string Content { get; init; }

    /// <summary>The new mentions; whoever was not mentioned before is notified.</summary>
    public IReadOnlyList<string>? Mentions { get; init; }

    /// <summary>The ids alone: SignalR writes arguments to its log, and text does not belong there.</summary>
    public override string ToString() => $"{nameof(EditMessageRequest)} {RoomId} {MessageId}";
}

/// <summary>Argument of <see cref="IChatHub.DeleteMessage"/>.</summary>
public sealed record DeleteMessageRequest : IRoomRequest
{
    /// <inheritdoc/>
    public required string RoomId { get; init; }

    /// <summary>The message to delete; one that is deleted already stays so.</summary>
    public required string MessageId { get; init; }
}

/// <summary>Argument of <see cref="IChatHub.SetReaction"/>.</summary>
public sealed record SetReactionRequest : IRoomRequest
{
    /// <inheritdoc/>
    public required string RoomId { get; init; }

    /// <summary>The message to react to.</summary>
    public required string MessageId { get; init; }

    /// <summary>1 to 32 UTF-16 code units without spaces and control characters, usually an emoji.</summary>
    public required string Emoji { get; init; }

    /// <summary>True to react, false to take it back. What is so already stays so.</summary>
    public required bool IsSet { get; init; }
}

/// <summary>Result of <see cref="IChatHub.EditMessage"/>, <see cref="IChatHub.DeleteMessage"/> and <see cref="IChatHub.SetReaction"/>: the change is stored.</summary>
public sealed record MessageChangeResult
{
    /// <summary>The message.</summary>
    public required string MessageId { get; init; }

    /// <summary>Its place in the room.</summary>
    public required long Sequence { get; init; }

    /// <summary>The number of its last change.</summary>
    public required long Change { get; init; }
}

/// <summary>Argument of <see cref="IChatClient.ReactionsChanged"/>.</summary>
public sealed record ReactionsChanged
{
    /// <summary>The room.</summary>
    public required string RoomId { get; init; }

    /// <summary>The message.</summary>
    public required string MessageId { get; init; }

    /// <summary>The message's place in the room.</summary>
    public required long Sequence { get; init; }

    /// <summary>The number of this change.</summary>
    public required long Change { get; init; }

    /// <summary>All reactions that the message has now.</summary>
    public required IReadOnlyList<Reaction> Reactions { get; init; }
}
