namespace RealtimeCollab.Sessions.Storage.Webhooks;

/// <summary>
/// Events that applications are still to be told of. They come into it in the transactions of their causes, by the other ports, and leave it
/// when an endpoint has taken them: at least once, over crashes and several nodes. Failures are thrown as by <see cref="IOperationLog"/>;
/// every call may be repeated.
/// </summary>
public interface IWebhookOutbox
{
    /// <summary>
    /// Makes events of documents that were edited and have come to rest, or have been edited for long. What is edited afterwards is
    /// another change.
    /// </summary>
    /// <param name="quietSince">Documents whose last edit is not later.</param>
    /// <param name="changedBefore">Documents whose first edit that nobody was told of is not later.</param>
    /// <param name="limit">Documents at most, from 1.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>How many documents.</returns>
    ValueTask<int> RecordChangesAsync(
        DateTimeOffset quietSince, DateTimeOffset changedBefore, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// Takes deliveries of an endpoint that are due, those that are due for longest first. Nobody else is given them before
    /// <paramref name="until"/>; then they are due again.
    /// </summary>
    ValueTask<IReadOnlyList<WebhookDelivery>> ClaimAsync(
        string endpoint, DateTimeOffset now, DateTimeOffset until, int limit, CancellationToken cancellationToken);

    /// <summary>The endpoint took it: it is done, whoever claimed it.</summary>
    ValueTask CompleteAsync(long number, CancellationToken cancellationToken);

    /// <summary>The attempt failed. Returns false if the claim had ended and another took it.</summary>
    ValueTask<bool> PostponeAsync(WebhookDelivery claimed, DateTimeOffset dueAt, string failure, CancellationToken cancellationToken);

    /// <summary>The attempt was the last one: makes it a dead letter. Returns false if the claim had ended and another took it.</summary>
    ValueTask<bool> BuryAsync(WebhookDelivery claimed, DateTimeOffset deadAt, string failure, CancellationToken cancellationToken);

    /// <summary>Makes dead letters of what has been due for long, and is for none of these endpoints.</summary>
    /// <returns>How many.</returns>
    ValueTask<int> BuryStrayAsync(
        IReadOnlyCollection<string> endpoints, DateTimeOffset dueBefore, DateTimeOffset deadAt, string failure, CancellationToken cancellationToken);

    /// <summary>Dead letters in the order of their numbers, beginning after <paramref name="afterNumber"/>.</summary>
    ValueTask<IReadOnlyList<WebhookDelivery>> ListDeadAsync(
        DeadLetters which, long afterNumber, int limit, CancellationToken cancellationToken);

    /// <summary>Makes dead letters due again, as if they had never been tried. Returns how many.</summary>
    ValueTask<int> RedeliverAsync(DeadLetters which, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Forgets dead letters. Returns how many.</summary>
    ValueTask<int> DropAsync(DeadLetters which, CancellationToken cancellationToken);

    /// <summary>What waits, by endpoint; endpoints for which there is nothing are left out.</summary>
    ValueTask<IReadOnlyList<WebhookBacklog>> MeasureAsync(CancellationToken cancellationToken);
}

/// <summary>All of an outbox, for moving it to another store. Failures are thrown as by <see cref="IOperationLog"/>.</summary>
public interface IWebhookArchive
{
    /// <summary>Deliveries, dead ones included, in the order of their numbers, beginning after <paramref name="afterNumber"/>.</summary>
    ValueTask<IReadOnlyList<WebhookDelivery>> ListAsync(long afterNumber, int limit, CancellationToken cancellationToken);

    /// <summary>Adds deliveries under new numbers, but those whose event and endpoint are there. Returns how many it added.</summary>
    ValueTask<int> ImportAsync(IReadOnlyList<WebhookDelivery> deliveries, CancellationToken cancellationToken);

    /// <summary>Documents with changes that nobody was told of, in the ordinal order of their ids, beginning after <paramref name="afterDocumentId"/>.</summary>
    ValueTask<IReadOnlyList<UntoldChange>> ListChangesAsync(string afterDocumentId, int limit, CancellationToken cancellationToken);

    /// <summary>Marks documents of these incarnations as changed, but those that are.</summary>
    ValueTask ImportChangesAsync(IReadOnlyList<UntoldChange> changes, CancellationToken cancellationToken);
}
