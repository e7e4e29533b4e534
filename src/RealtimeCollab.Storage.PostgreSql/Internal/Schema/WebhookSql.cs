using System.Text.Json;
using RealtimeCollab.Sessions.Storage.Webhooks;

namespace RealtimeCollab.Storage.PostgreSql.Internal.Schema;

/// <summary>The statement parts by which deliveries are written together with what they tell.</summary>
internal static class WebhookSql
{
    /// <summary>An <see cref="Insert"/> goes on with the value of the revision, and with FROM, where <see cref="Given"/> or the like is among the tables.</summary>
    public const string Insert = """
        INSERT INTO realtimecollab.webhook_deliveries (endpoint, event_id, type, occurred_at, due_at, subject_id, restored_revision, user_id,
            mentioned_user_id, message_id, sequence, attempts, dead_at, failure, revision)
        SELECT e.endpoint, e.event_id, e.type, e.occurred_at, e.due_at, e.subject_id, e.restored_revision, e.user_id,
            e.mentioned_user_id, e.message_id, e.sequence, e.attempts, e.dead_at, e.failure,
        """;

    /// <summary>The deliveries of the parameter @deliveries as a table.</summary>
    public const string Given = $"jsonb_to_recordset(@deliveries::jsonb) AS {Columns}";

    /// <summary>The columns of a recordset that was made by <see cref="Write(IReadOnlyList{WebhookDelivery})"/>.</summary>
    public const string Columns = """
        e (endpoint text, event_id text, type smallint, occurred_at timestamptz, due_at timestamptz, subject_id text, revision bigint,
            restored_revision bigint, user_id text, mentioned_user_id text, message_id text, sequence bigint, attempts integer,
            dead_at timestamptz, failure text)
        """;

    private const string None = "[]";

    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>Deliveries as a JSON array; without any, nothing is allocated.</summary>
    public static string Write(IReadOnlyList<WebhookDelivery> deliveries) => deliveries.Count == 0 ? None : JsonSerializer.Serialize(
        deliveries.Select(delivery => new
        {
            delivery.Endpoint,
            delivery.Event.EventId,
            delivery.Event.Type,
            delivery.Event.OccurredAt,
            delivery.DueAt,
            delivery.Event.SubjectId,
            delivery.Event.Revision,
            delivery.Event.RestoredRevision,
            delivery.Event.UserId,
            delivery.Event.MentionedUserId,
            delivery.Event.MessageId,
            delivery.Event.Sequence,
            delivery.Attempts,
            delivery.DeadAt,
            delivery.Failure,
        }),
        Json);
}
