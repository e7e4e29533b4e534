namespace RealtimeCollab.Protocol.Chat;

/// <summary>A message of a chat room.</summary>
public sealed record ChatMessage
{
    /// <summary>The message's id, made by the server.</summary>
    public required string MessageId { get; init; }

    /// <summary>Its id as its author's client chose it.</summary>
    public required string ClientMessageId { get; init; }

    /// <summary>The room.</summary>
    public required string RoomId { get; init; }

    /// <summary>Its place in the room, from 1 without gaps: the only order of messages.</summary>
    public required long Sequence { get; init; }

    /// <summary>The number of its last change. Messages, edits, deletions and reactions of a room take one number after another.</summary>
    public required long Change { get; init; }

    /// <summary>The author's user id.</summary>
    public required string SenderId { get; init; }

    /// <summary>The author's name, as it was then.</summary>
    public required string SenderName { get; init; }

    /// <summary>The text; empty in a deleted message.</summary>
    public required string Content { get; init; }

    /// <summary><c>text</c>, or what the application calls it.</summary>
    public required string MessageType { get; init; }

    /// <summary>The ids of the users whom it mentions.</summary>
    public required IReadOnlyList<string> Mentions { get; init; }

    /// <summary>The message that it answers.</summary>
    public string? ReplyTo { get; init; }

    /// <summary>Who reacted and how, in the order in which each reaction was first given.</summary>
    public required IReadOnlyList<Reaction> Reactions { get; init; }

    /// <summary>When it was stored, by the clock of the node that took it.</summary>
    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>When its content was last replaced.</summary>
    public DateTimeOffset? EditedAt { get; init; }

    /// <summary>When it was deleted.</summary>
    public DateTimeOffset? DeletedAt { get; init; }

    /// <summary>Where it stands alone: text does not belong into logs.</summary>
    public override string ToString() => $"{nameof(ChatMessage)} {RoomId} {Sequence}";
}

/// <summary>One reaction to a message and those who gave it.</summary>
public sealed record Reaction
{
    /// <summary>What it is, usually an emoji.</summary>
    public required string Emoji { get; init; }

    /// <summary>Who gave it, in that order.</summary>
    public required IReadOnlyList<string> UserIds { get; init; }
}
