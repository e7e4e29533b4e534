using RealtimeCollab.Sessions.Storage.Webhooks;

namespace RealtimeCollab.Sessions.Storage.Memory;

/// <summary>The outbox in memory, beside the documents that it is about. Thread-safe.</summary>
/// <param name="documents">Whose events they are.</param>
public sealed class MemoryWebhookOutbox(MemoryStore documents) : IWebhookOutbox, IWebhookArchive
{
    private readonly MemoryWebhooks _webhooks = documents.Webhooks;

    /// <inheritdoc/>
    public ValueTask<int> RecordChangesAsync(
        DateTimeOffset quietSince, DateTimeOffset changedBefore, int limit, CancellationToken cancellationToken) =>
        documents.WithAllAsync(all => RecordChanges(all, quietSince, changedBefore, limit), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<WebhookDelivery>> ClaimAsync(
        string endpoint, DateTimeOffset now, DateTimeOffset until, int limit, CancellationToken cancellationToken) =>
        ValueTask.FromResult(_webhooks.Claim(endpoint, now, until, limit));

    /// <inheritdoc/>
    public ValueTask CompleteAsync(long number, CancellationToken cancellationToken)
    {
        _webhooks.Change(delivery => delivery.Number == number, _ => null);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask<bool> PostponeAsync(WebhookDelivery claimed, DateTimeOffset dueAt, string failure, CancellationToken cancellationToken) =>
        ChangeClaimed(claimed, delivery => delivery with { DueAt = dueAt, Failure = failure });

    /// <inheritdoc/>
    public ValueTask<bool> BuryAsync(WebhookDelivery claimed, DateTimeOffset deadAt, string failure, CancellationToken cancellationToken) =>
        ChangeClaimed(claimed, delivery => delivery with { DeadAt = deadAt, Failure = failure });

    /// <inheritdoc/>
    public ValueTask<int> BuryStrayAsync(
        IReadOnlyCollection<string> endpoints, DateTimeOffset dueBefore, DateTimeOffset deadAt, string failure, CancellationToken cancellationToken) =>
        ValueTask.FromResult(_webhooks.Change(
            delivery => delivery.DeadAt is null && delivery.DueAt < dueBefore && !endpoints.Contains(delivery.Endpoint, StringComparer.Ordinal),
            delivery => delivery with { DeadAt = deadAt, Failure = failure }));

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<WebhookDelivery>> ListDeadAsync(
        DeadLetters which, long afterNumber, int limit, CancellationToken cancellationToken) =>
        ValueTask.FromResult(_webhooks.List(delivery => delivery.Number > afterNumber && IsMeant(which, delivery), limit));

    /// <inheritdoc/>
    public ValueTask<int> RedeliverAsync(DeadLetters which, DateTimeOffset now, CancellationToken cancellationToken) =>
        ValueTask.FromResult(_webhooks.Change(
            delivery => IsMeant(which, delivery), delivery => delivery with { DeadAt = null, Failure = null, Attempts = 0, DueAt = now }));

    /// <inheritdoc/>
    public ValueTask<int> DropAsync(DeadLetters which, CancellationToken cancellationToken) =>
        ValueTask.FromResult(_webhooks.Change(delivery => IsMeant(which, delivery), _ => null));

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<WebhookBacklog>> MeasureAsync(CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlyList<WebhookBacklog>>(
        [
            .. _webhooks.List(static _ => true, int.MaxValue).GroupBy(delivery => delivery.Endpoint, StringComparer.Ordinal).Select(group => new WebhookBacklog(
                group.Key,
                group.Count(delivery => delivery.DeadAt is null),
                group.Where(delivery => delivery.DeadAt is null).Min(delivery => (DateTimeOffset?)delivery.Event.OccurredAt),
                group.Count(delivery => delivery.DeadAt is not null))),
        ]);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<WebhookDelivery>> ListAsync(long afterNumber, int limit, CancellationToken cancellationToken) =>
        ValueTask.FromResult(_webhooks.List(delivery => delivery.Number > afterNumber, limit));

    /// <inheritdoc/>
    public ValueTask<int> ImportAsync(IReadOnlyList<WebhookDelivery> deliveries, CancellationToken cancellationToken) =>
        ValueTask.FromResult(_webhooks.Import(deliveries));

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<UntoldChange>> ListChangesAsync(string afterDocumentId, int limit, CancellationToken cancellationToken) =>
        documents.WithAllAsync<IReadOnlyList<UntoldChange>>(
            all =>
            [
                .. all.Where(document => document.ChangedSince is not null && string.CompareOrdinal(document.Head.DocumentId, afterDocumentId) > 0)
                    .Take(limit).Select(document => new UntoldChange(document.Head.DocumentId, document.Head.Incarnation, document.ChangedSince!.Value)),
            ],
            cancellationToken);

    /// <inheritdoc/>
    public async ValueTask ImportChangesAsync(IReadOnlyList<UntoldChange> changes, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(changes);
        foreach (var change in changes)
            await documents.WithAsync(change.DocumentId, change.Incarnation, document => Mark(document, change.Since), cancellationToken);
    }

    private static bool Mark(MemoryDocument? document, DateTimeOffset since)
    {
        if (document is not { ChangedSince: null })
            return false;
        document.ChangedSince = since;
        return true;
    }

    private int RecordChanges(IEnumerable<MemoryDocument> all, DateTimeOffset quietSince, DateTimeOffset changedBefore, int limit)
    {
        var subscriptions = documents.Subscriptions;
        if (!subscriptions.Has(WebhookEventType.DocumentChanged))
            return 0;
        var due = all.Where(document => document.ChangedSince <= changedBefore || (document.ChangedSince is not null && document.Head.UpdatedAt <= quietSince))
            .Take(limit).ToList();
        foreach (var document in due)
        {
            var author = document.Entries.Count > 0 ? document.Entries[^1].UserId : null;
            _webhooks.Add(subscriptions.OfChange(document.Head.DocumentId, document.Head.Revision, author, document.Head.UpdatedAt));
            document.ChangedSince = null;
        }

        return due.Count;
    }

    private ValueTask<bool> ChangeClaimed(WebhookDelivery claimed, Func<WebhookDelivery, WebhookDelivery> change) => ValueTask.FromResult(_webhooks.Change(
        delivery => delivery.Number == claimed.Number && delivery.Attempts == claimed.Attempts && delivery.DeadAt is null, change) > 0);

    private static bool IsMeant(DeadLetters which, WebhookDelivery delivery) =>
        delivery.DeadAt is { } deadAt
        && (which.Endpoint is null || which.Endpoint == delivery.Endpoint)
        && (which.Numbers is null || which.Numbers.Contains(delivery.Number))
        && (which.DeadBefore is null || deadAt < which.DeadBefore);
}
