using RealtimeCollab.Sessions.Storage.Webhooks;

namespace RealtimeCollab.Storage.PostgreSql.Internal.Schema;

/// <summary>A row of <c>webhook_deliveries</c> as Dapper reads it.</summary>
internal sealed record WebhookRow
{
    /// <summary>Of a table or alias <c>w</c>.</summary>
    public const string Columns = """
        w.number AS Number, w.endpoint AS Endpoint, w.event_id AS EventId, w.type AS Type, w.occurred_at AS OccurredAt, w.subject_id AS SubjectId,
        w.revision AS Revision, w.restored_revision AS RestoredRevision, w.user_id AS UserId, w.mentioned_user_id AS MentionedUserId,
        w.message_id AS MessageId, w.sequence AS Sequence, w.attempts AS Attempts, w.due_at AS DueAt, w.dead_at AS DeadAt, w.failure AS Failure
        """;

    public required long Number { get; init; }

    public required string Endpoint { get; init; }

    public required string EventId { get; init; }

    public required short Type { get; init; }

    public required DateTime OccurredAt { get; init; }

    public required string SubjectId { get; init; }

    public required long? Revision { get; init; }

    public required long? RestoredRevision { get; init; }

    public required string? UserId { get; init; }

    public required string? MentionedUserId { get; init; }

    public required string? MessageId { get; init; }

    public required long? Sequence { get; init; }

    public required int Attempts { get; init; }

    public required DateTime DueAt { get; init; }

    public required DateTime? DeadAt { get; init; }

    public required string? Failure { get; init; }

    public WebhookDelivery ToDelivery() => new(Number, Endpoint, ToEvent(), new DateTimeOffset(DueAt))
    {
        Attempts = Attempts,
        DeadAt = DeadAt is { } dead ? new DateTimeOffset(dead) : null,
        Failure = Failure,
    };

    private WebhookEvent ToEvent() => new()
    {
        EventId = EventId,
        Type = (WebhookEventType)Type,
        OccurredAt = new DateTimeOffset(OccurredAt),
        SubjectId = SubjectId,
        Revision = Revision,
        RestoredRevision = RestoredRevision,
        UserId = UserId,
        MentionedUserId = MentionedUserId,
        MessageId = MessageId,
        Sequence = Sequence,
    };
}
