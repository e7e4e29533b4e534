namespace RealtimeCollab.Sessions.Storage.Chat;

/// <summary>A message of a room, as it is after its last change. (room, <see cref="SenderId"/>, <see cref="ClientMessageId"/>) is its identity.</summary>
public sealed record StoredMessage
{
    /// <summary>Its place in the room, from 1 without gaps.</summary>
    public required long Sequence { get; init; }

    /// <summary>The number of its last change among all changes of the room.</summary>
    public required long Change { get; init; }

    /// <summary>Random, made by the server.</summary>
    public required string MessageId { get; init; }

    /// <summary>Chosen by the client, random.</summary>
    public required string ClientMessageId { get; init; }

    /// <summary>The author.</summary>
    public required string SenderId { get; init; }

    /// <summary>The author's name, as it was then.</summary>
    public required string SenderName { get; init; }

    /// <summary>The text, without U+0000 and halves of surrogate pairs; empty in a deleted message.</summary>
    public required string Content { get; init; }

    /// <summary><c>text</c>, or what the application calls it.</summary>
    public required string MessageType { get; init; }

    /// <summary>The users whom it mentions.</summary>
    public IReadOnlyList<string> Mentions { get; init; } = [];

    /// <summary>The id of the message that it answers.</summary>
    public string? ReplyTo { get; init; }

    /// <summary>Who reacted and how.</summary>
    public IReadOnlyList<StoredReaction> Reactions { get; init; } = [];

    /// <summary>When it was stored, UTC, to the millisecond.</summary>
    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>When its content was last replaced.</summary>
    public DateTimeOffset? EditedAt { get; init; }

    /// <summary>When it was deleted.</summary>
    public DateTimeOffset? DeletedAt { get; init; }

    /// <summary>Its identity for its author.</summary>
    public SentMessageKey Sent => new(SenderId, ClientMessageId);
}

/// <summary>One reaction and those who gave it, in that order.</summary>
/// <param name="Emoji">What it is.</param>
/// <param name="UserIds">Who gave it; at least one.</param>
public sealed record StoredReaction(string Emoji, IReadOnlyList<string> UserIds);

/// <summary>How an author's client names a message that it sends.</summary>
/// <param name="SenderId">The author.</param>
/// <param name="ClientMessageId">Chosen by the client.</param>
public sealed record SentMessageKey(string SenderId, string ClientMessageId);
