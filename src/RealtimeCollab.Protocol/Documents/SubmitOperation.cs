using RealtimeCollab.OperationalTransform;

namespace RealtimeCollab.Protocol.Documents;

/// <summary>Argument of <see cref="IDocumentHub.SubmitOperation"/>.</summary>
public sealed record SubmitOperationRequest : IDocumentRequest
{
    /// <summary>The document to change.</summary>
    public required string DocumentId { get; init; }

    /// <summary>Random, chosen by the client, 1 to 128 characters; the same when the operation is sent again.</summary>
    public required string OperationId { get; init; }

    /// <summary>The revision that the operation was made for; the same when the operation is sent again.</summary>
    public required long BaseRevision { get; init; }

    /// <summary>What to change.</summary>
    public required WireOperation Operation { get; init; }

    /// <summary>Where the author's selections are after the operation.</summary>
    public Selection? Selection { get; init; }

    /// <summary>The W3C trace context (<c>traceparent</c>) of the client's span; ignored if it is none or not sampled.</summary>
    public string? Traceparent { get; init; }
}

/// <summary>Result of <see cref="IDocumentHub.SubmitOperation"/>: the operation is committed.</summary>
public sealed record SubmitOperationResult
{
    /// <summary>The document that changed.</summary>
    public required string DocumentId { get; init; }

    /// <summary>The operation's id.</summary>
    public required string OperationId { get; init; }

    /// <summary>The revision that the operation made; for one sent again, that of its first time.</summary>
    public required long Revision { get; init; }
}
