using RealtimeCollab.Sessions.Storage.Chat;

namespace RealtimeCollab.Storage.PostgreSql.Internal.Schema;

/// <summary>A row of <c>messages</c> as Dapper reads it.</summary>
internal sealed record MessageRow
{
    /// <summary>Of a table or alias <c>m</c>.</summary>
    public const string Columns = """
        m.sequence AS Sequence, m.change AS Change, m.message_id AS MessageId, m.client_message_id AS ClientMessageId, m.sender_id AS SenderId,
        m.sender_name AS SenderName, m.content AS Content, m.message_type AS MessageType, m.mentions AS Mentions, m.reply_to AS ReplyTo,
        m.reactions AS Reactions, m.sent_at AS SentAt, m.edited_at AS EditedAt, m.deleted_at AS DeletedAt
        """;

    public required long Sequence { get; init; }

    public required long Change { get; init; }

    public required string MessageId { get; init; }

    public required string ClientMessageId { get; init; }

    public required string SenderId { get; init; }

    public required string SenderName { get; init; }

    public required string Content { get; init; }

    public required string MessageType { get; init; }

    public required string? Mentions { get; init; }

    public required string? ReplyTo { get; init; }

    public required string? Reactions { get; init; }

    public required DateTime SentAt { get; init; }

    public required DateTime? EditedAt { get; init; }

    public required DateTime? DeletedAt { get; init; }

    public StoredMessage ToMessage() => new()
    {
        Sequence = Sequence,
        Change = Change,
        MessageId = MessageId,
        ClientMessageId = ClientMessageId,
        SenderId = SenderId,
        SenderName = SenderName,
        Content = Content,
        MessageType = MessageType,
        Mentions = MessageColumns.ReadMentions(Mentions),
        ReplyTo = ReplyTo,
        Reactions = MessageColumns.ReadReactions(Reactions),
        Timestamp = new DateTimeOffset(SentAt),
        EditedAt = EditedAt is { } edited ? new DateTimeOffset(edited) : null,
        DeletedAt = DeletedAt is { } deleted ? new DateTimeOffset(deleted) : null,
    };
}
