using RealtimeCollab.OperationalTransform;

namespace RealtimeCollab.Protocol.Documents;

/// <summary>Argument of <see cref="IDocumentHub.GetOperations"/>.</summary>
public sealed record GetOperationsRequest : IDocumentRequest
{
    /// <summary>The document to read.</summary>
    public required string DocumentId { get; init; }

    /// <summary>The result starts after this revision; 0 for the first operation.</summary>
    public required long FromRevision { get; init; }

    /// <summary>Most operations to return, 1 to 1000; the server may return fewer.</summary>
    public int? Limit { get; init; }
}

/// <summary>Committed operations in the order of their revisions, without gaps.</summary>
public sealed record OperationBatch
{
    /// <summary>The document that they changed.</summary>
    public required string DocumentId { get; init; }

    /// <summary>The revision before the first of them.</summary>
    public required long FromRevision { get; init; }

    /// <summary>The operations that made the revisions <see cref="FromRevision"/> + 1, + 2 and so on.</summary>
    public required IReadOnlyList<CommittedOperation> Operations { get; init; }
}

/// <summary>An operation as it stands in the log.</summary>
public sealed record CommittedOperation
{
    /// <summary>The revision that it made.</summary>
    public required long Revision { get; init; }

    /// <summary>The client that submitted it.</summary>
    public required string ClientId { get; init; }

    /// <summary>The user who made it.</summary>
    public required string UserId { get; init; }

    /// <summary>Its id, chosen by the client.</summary>
    public required string OperationId { get; init; }

    /// <summary>What it changed, in terms of the revision before it.</summary>
    public required TextOperation Operation { get; init; }

    /// <summary>When it was committed, by the clock of the node that took it.</summary>
    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>The W3C trace context of the span that submitted it; only of one that was traced and is heard of at once.</summary>
    public string? Traceparent { get; init; }
}
