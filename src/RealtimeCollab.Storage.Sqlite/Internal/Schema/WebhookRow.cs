using RealtimeCollab.Sessions.Storage.Webhooks;

namespace RealtimeCollab.Storage.Sqlite.Internal.Schema;

/// <summary>A row of <c>webhook_deliveries</c> as Dapper reads and writes it.</summary>
internal sealed record WebhookRow
{
    public const string Columns = """
        number AS Number, endpoint AS Endpoint, event_id AS EventId, type AS Type, occurred_at AS OccurredAt, subject_id AS SubjectId,
        revision AS Revision, restored_revision AS RestoredRevision, user_id AS UserId, mentioned_user_id AS MentionedUserId,
        message_id AS MessageId, sequence AS Sequence, attempts AS Attempts, due_at AS DueAt, dead_at AS DeadAt, failure AS Failure
        """;

    public const string Insert = """
        INSERT INTO webhook_deliveries (endpoint, event_id, type, occurred_at, subject_id, revision, restored_revision, user_id, mentioned_user_id,
            message_id, sequence, attempts, due_at, dead_at, failure)
        VALUES (@Endpoint, @EventId, @Type, @OccurredAt, @SubjectId, @Revision, @RestoredRevision, @UserId, @MentionedUserId,
            @MessageId, @Sequence, @Attempts, @DueAt, @DeadAt, @Failure)
        ON CONFLICT DO NOTHING
        """;

    public required long Number { get; init; }

    public required string Endpoint { get; init; }

    public required string EventId { get; init; }

    public required long Type { get; init; }

    public required long OccurredAt { get; init; }

    public required string SubjectId { get; init; }

    public required long? Revision { get; init; }

    public required long? RestoredRevision { get; init; }

    public required string? UserId { get; init; }

    public required string? MentionedUserId { get; init; }

    public required string? MessageId { get; init; }

    public required long? Sequence { get; init; }

    public required long Attempts { get; init; }

    public required long DueAt { get; init; }

    public required long? DeadAt { get; init; }

    public required string? Failure { get; init; }

    public static WebhookRow From(WebhookDelivery delivery) => new()
    {
        Number = 0,
        Endpoint = delivery.Endpoint,
        EventId = delivery.Event.EventId,
        Type = (long)delivery.Event.Type,
        OccurredAt = delivery.Event.OccurredAt.ToUnixTimeMilliseconds(),
        SubjectId = delivery.Event.SubjectId,
        Revision = delivery.Event.Revision,
        RestoredRevision = delivery.Event.RestoredRevision,
        UserId = delivery.Event.UserId,
        MentionedUserId = delivery.Event.MentionedUserId,
        MessageId = delivery.Event.MessageId,
        Sequence = delivery.Event.Sequence,
        Attempts = delivery.Attempts,
        DueAt = delivery.DueAt.ToUnixTimeMilliseconds(),
        DeadAt = delivery.DeadAt?.ToUnixTimeMilliseconds(),
        Failure = delivery.Failure,
    };

    public WebhookDelivery ToDelivery() => new(Number, Endpoint, ToEvent(), DateTimeOffset.FromUnixTimeMilliseconds(DueAt))
    {
        Attempts = (int)Attempts,
        DeadAt = DeadAt is { } dead ? DateTimeOffset.FromUnixTimeMilliseconds(dead) : null,
        Failure = Failure,
    };

    private WebhookEvent ToEvent() => new()
    {
        EventId = EventId,
        Type = (WebhookEventType)Type,
        OccurredAt = DateTimeOffset.FromUnixTimeMilliseconds(OccurredAt),
        SubjectId = SubjectId,
        Revision = Revision,
        RestoredRevision = RestoredRevision,
        UserId = UserId,
        MentionedUserId = MentionedUserId,
        MessageId = MessageId,
        Sequence = Sequence,
    };
}
