using RealtimeCollab.Sessions.Storage.Chat;

namespace RealtimeCollab.Storage.Sqlite.Internal.Schema;

/// <summary>A row of <c>messages</c> as Dapper reads and writes it.</summary>
internal sealed record MessageRow
{
    public const string Columns = """
        sequence AS Sequence, change AS Change, message_id AS MessageId, client_message_id AS ClientMessageId, sender_id AS SenderId,
        sender_name AS SenderName, content AS Content, message_type AS MessageType, mentions AS Mentions, reply_to AS ReplyTo,
        reactions AS Reactions, sent_at AS SentAt, edited_at AS EditedAt, deleted_at AS DeletedAt
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

    public required long SentAt { get; init; }

    public required long? EditedAt { get; init; }

    public required long? DeletedAt { get; init; }

    public static MessageRow From(StoredMessage message) => new()
    {
        Sequence = message.Sequence,
        Change = message.Change,
        MessageId = message.MessageId,
        ClientMessageId = message.ClientMessageId,
        SenderId = message.SenderId,
        SenderName = message.SenderName,
        Content = message.Content,
        MessageType = message.MessageType,
        Mentions = MessageColumns.WriteMentions(message.Mentions),
        ReplyTo = message.ReplyTo,
        Reactions = MessageColumns.WriteReactions(message.Reactions),
        SentAt = message.Timestamp.ToUnixTimeMilliseconds(),
        EditedAt = message.EditedAt?.ToUnixTimeMilliseconds(),
        DeletedAt = message.DeletedAt?.ToUnixTimeMilliseconds(),
    };

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
        Timestamp = DateTimeOffset.FromUnixTimeMilliseconds(SentAt),
        EditedAt = EditedAt is { } edited ? DateTimeOffset.FromUnixTimeMilliseconds(edited) : null,
        DeletedAt = DeletedAt is { } deleted ? DateTimeOffset.FromUnixTimeMilliseconds(deleted) : null,
    };
}
