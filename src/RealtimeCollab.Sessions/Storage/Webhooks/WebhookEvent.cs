using System.Security.Cryptography;

namespace RealtimeCollab.Sessions.Storage.Webhooks;

/// <summary>Something that happened, as an application is told of it: where and who, never any text.</summary>
public sealed record WebhookEvent
{
    private const int IdDigits = 32;

    /// <summary>Random; the same however often, and to however many endpoints, it is delivered.</summary>
    public required string EventId { get; init; }

    /// <summary>What happened.</summary>
    public required WebhookEventType Type { get; init; }

    /// <summary>When, UTC, to the millisecond.</summary>
    public required DateTimeOffset OccurredAt { get; init; }

    /// <summary>The document; of a mention the room: a document's room has the document's id, any other's begins with <c>~</c>.</summary>
    public required string SubjectId { get; init; }

    /// <summary>The document's revision afterwards; null for a mention.</summary>
    public long? Revision { get; init; }

    /// <summary>The revision that was brought back, of <see cref="WebhookEventType.DocumentRestored"/>.</summary>
    public long? RestoredRevision { get; init; }

    /// <summary>Who did it; of a change the author of the last operation. Null if the store does not know.</summary>
    public string? UserId { get; init; }

    /// <summary>Who is mentioned.</summary>
    public string? MentionedUserId { get; init; }

    /// <summary>The message that mentions.</summary>
    public string? MessageId { get; init; }

    /// <summary>The place of that message in its room.</summary>
    public long? Sequence { get; init; }

    /// <summary>An id for a new event.</summary>
    public static string NewId() => RandomNumberGenerator.GetHexString(IdDigits, lowercase: true);
}
