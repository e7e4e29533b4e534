using RealtimeCollab.Sessions.Storage.Chat;

namespace RealtimeCollab.Sessions.Storage.Webhooks;

/// <summary>What follows from what a store does, for stores: the deliveries to record in the same transaction.</summary>
public static class WebhookCauses
{
    /// <summary>A document was created.</summary>
    /// <param name="subscriptions">Who is told.</param>
    /// <param name="document">The new document.</param>
    /// <param name="revision">Its revision; null while only the database knows.</param>
    public static IReadOnlyList<WebhookDelivery> OfCreation(this WebhookSubscriptions subscriptions, NewDocument document, long? revision)
    {
        ArgumentNullException.ThrowIfNull(document);
        return subscriptions.OfDocument(WebhookEventType.DocumentCreated, document.DocumentId, revision, document.CreatedBy, document.CreatedAt);
    }

    /// <summary>A document was deleted.</summary>
    public static IReadOnlyList<WebhookDelivery> OfDeletion(
        this WebhookSubscriptions subscriptions, string documentId, long? revision, string? deletedBy, DateTimeOffset deletedAt) =>
        subscriptions.OfDocument(WebhookEventType.DocumentDeleted, documentId, revision, deletedBy, deletedAt);

    /// <summary>A document has come to rest at a revision.</summary>
    public static IReadOnlyList<WebhookDelivery> OfChange(
        this WebhookSubscriptions subscriptions, string documentId, long revision, string? userId, DateTimeOffset updatedAt) =>
        subscriptions.OfDocument(WebhookEventType.DocumentChanged, documentId, revision, userId, updatedAt);

    /// <summary>The restorations among appended entries; usually there are none, and nothing is allocated.</summary>
    public static IReadOnlyList<WebhookDelivery> OfRestorations(this WebhookSubscriptions subscriptions, AppendBatch batch)
    {
        ArgumentNullException.ThrowIfNull(subscriptions);
        ArgumentNullException.ThrowIfNull(batch);
        if (!subscriptions.Has(WebhookEventType.DocumentRestored))
            return [];
        List<WebhookDelivery>? deliveries = null;
        for (var index = 0; index < batch.Entries.Count; index++)
        {
            if (batch.Entries[index] is { RestoredRevision: { } restored } entry)
                (deliveries ??= []).AddRange(subscriptions.OfRestoration(batch.DocumentId, entry, restored));
        }

        return deliveries ?? (IReadOnlyList<WebhookDelivery>)[];
    }

    /// <summary>The mentions that a batch of messages makes.</summary>
    public static IReadOnlyList<WebhookDelivery> OfMentions(this WebhookSubscriptions subscriptions, MessageBatch batch)
    {
        ArgumentNullException.ThrowIfNull(subscriptions);
        ArgumentNullException.ThrowIfNull(batch);
        if (batch.Mentions.Count == 0 || !subscriptions.Has(WebhookEventType.UserMentioned))
            return [];
        return [.. batch.Mentions.SelectMany(mention => subscriptions.OfMention(batch, mention))];
    }

    private static IReadOnlyList<WebhookDelivery> OfRestoration(
        this WebhookSubscriptions subscriptions, string documentId, LogEntry entry, long restoredRevision) =>
        subscriptions.Address(new WebhookEvent
        {
            EventId = WebhookEvent.NewId(),
            Type = WebhookEventType.DocumentRestored,
            OccurredAt = ToMilliseconds(entry.Timestamp),
            SubjectId = documentId,
            Revision = entry.Revision,
            RestoredRevision = restoredRevision,
            UserId = entry.UserId,
        });

    private static IReadOnlyList<WebhookDelivery> OfMention(
        this WebhookSubscriptions subscriptions, MessageBatch batch, NewNotification mention)
    {
        var message = batch.Messages.FirstOrDefault(message => message.Sequence == mention.Sequence);
        return subscriptions.Address(new WebhookEvent
        {
            EventId = WebhookEvent.NewId(),
            Type = WebhookEventType.UserMentioned,
            OccurredAt = ToMilliseconds(mention.Timestamp),
            SubjectId = batch.Room.RoomId,
            UserId = message?.SenderId,
            MentionedUserId = mention.UserId,
            MessageId = message?.MessageId,
            Sequence = mention.Sequence,
        });
    }

    private static IReadOnlyList<WebhookDelivery> OfDocument(
        this WebhookSubscriptions subscriptions, WebhookEventType type, string documentId, long? revision, string? userId, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(subscriptions);
        return !subscriptions.Has(type) ? [] : subscriptions.Address(new WebhookEvent
        {
            EventId = WebhookEvent.NewId(),
            Type = type,
            OccurredAt = ToMilliseconds(at),
            SubjectId = documentId,
            Revision = revision,
            UserId = userId,
        });
    }

    /// <summary>As it is stored.</summary>
    private static DateTimeOffset ToMilliseconds(DateTimeOffset at) => DateTimeOffset.FromUnixTimeMilliseconds(at.ToUnixTimeMilliseconds());
}
