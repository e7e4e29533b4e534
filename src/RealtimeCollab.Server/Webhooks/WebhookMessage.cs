using System.Text.Json;
using RealtimeCollab.Protocol.Json;
using RealtimeCollab.Sessions.Storage.Webhooks;

namespace RealtimeCollab.Server.Webhooks;

/// <summary>The body of a request to an endpoint. It names what happened; who wants the text asks for it, with a token.</summary>
internal sealed record WebhookMessage(string Id, string Type, DateTimeOffset Timestamp, WebhookMessageData Data)
{
    /// <summary>Rooms that are not a document's have ids that begin with it. A document's may too.</summary>
    private const char RoomMarker = '~';

    public static byte[] Write(WebhookEvent happened) => JsonSerializer.SerializeToUtf8Bytes(From(happened), ProtocolJson.Options);

    private static WebhookMessage From(WebhookEvent happened) => new(
        happened.EventId,
        WebhookEventNames.NameOf(happened.Type),
        happened.OccurredAt,
        new WebhookMessageData
        {
            DocumentId = IsOfARoom(happened) && happened.SubjectId.StartsWith(RoomMarker) ? null : happened.SubjectId,
            RoomId = IsOfARoom(happened) ? happened.SubjectId : null,
            Revision = happened.Revision,
            RestoredRevision = happened.RestoredRevision,
            UserId = happened.UserId,
            MentionedUserId = happened.MentionedUserId,
            MessageId = happened.MessageId,
            Sequence = happened.Sequence,
        });

    private static bool IsOfARoom(WebhookEvent happened) => happened.Type == WebhookEventType.UserMentioned;
}

/// <summary>What an event is about; what does not apply is left out.</summary>
internal sealed record WebhookMessageData
{
    public string? DocumentId { get; init; }

    public string? RoomId { get; init; }

    public long? Revision { get; init; }

    public long? RestoredRevision { get; init; }

    public string? UserId { get; init; }

    public string? MentionedUserId { get; init; }

    public string? MessageId { get; init; }

    public long? Sequence { get; init; }
}
