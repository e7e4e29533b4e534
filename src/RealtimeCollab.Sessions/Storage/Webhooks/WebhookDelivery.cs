namespace RealtimeCollab.Sessions.Storage.Webhooks;

/// <summary>An event on its way to one endpoint.</summary>
/// <param name="Number">Its number in this store; 0 before it is stored.</param>
/// <param name="Endpoint">The endpoint's name.</param>
/// <param name="Event">What the endpoint is told.</param>
/// <param name="DueAt">When it is to be tried; of a claimed one, when the claim ends.</param>
public sealed record WebhookDelivery(long Number, string Endpoint, WebhookEvent Event, DateTimeOffset DueAt)
{
    /// <summary>How often it was claimed. Only who holds the last claim may postpone or bury it.</summary>
    public int Attempts { get; init; }

    /// <summary>When it was given up: then it is a dead letter.</summary>
    public DateTimeOffset? DeadAt { get; init; }

    /// <summary>Why the last attempt failed, in a word or two of ours.</summary>
    public string? Failure { get; init; }
}

/// <summary>A document whose last edits no endpoint was told of yet.</summary>
/// <param name="DocumentId">The document.</param>
/// <param name="Incarnation">Its incarnation.</param>
/// <param name="Since">When the first of these edits was committed, UTC, to the millisecond.</param>
public sealed record UntoldChange(string DocumentId, string Incarnation, DateTimeOffset Since);

/// <summary>Which dead letters are meant; all of them unless it says more.</summary>
public sealed record DeadLetters
{
    /// <summary>Those of this endpoint.</summary>
    public string? Endpoint { get; init; }

    /// <summary>Those with these numbers.</summary>
    public IReadOnlyCollection<long>? Numbers { get; init; }

    /// <summary>Those that were given up before.</summary>
    public DateTimeOffset? DeadBefore { get; init; }
}

/// <summary>What waits for an endpoint.</summary>
/// <param name="Endpoint">The endpoint's name.</param>
/// <param name="Waiting">Deliveries that are neither done nor dead.</param>
/// <param name="Oldest">When the oldest of these events happened; null if none waits.</param>
/// <param name="Dead">Dead letters.</param>
public sealed record WebhookBacklog(string Endpoint, long Waiting, DateTimeOffset? Oldest, long Dead);
