using RealtimeCollab.OperationalTransform;

namespace RealtimeCollab.Sessions.Documents;

/// <summary>An operation that a client wants committed.</summary>
public sealed record Submission
{
    /// <summary>The client that sends it.</summary>
    public required string ClientId { get; init; }

    /// <summary>The user who made it; with <see cref="OperationId"/> its identity in the document.</summary>
    public required string UserId { get; init; }

    /// <summary>Chosen by the client, random, and kept when it sends the operation again.</summary>
    public required string OperationId { get; init; }

    /// <summary>The revision that it was made for, kept when it is sent again.</summary>
    public required long BaseRevision { get; init; }

    /// <summary>What to change; may end before the document does.</summary>
    public required TextOperation Operation { get; init; }

    /// <summary>Committed only as the next operation after <see cref="BaseRevision"/>, else refused with <see cref="CollabError.Overtaken"/>.</summary>
    public bool IsExclusive { get; init; }

    /// <summary>The revision that it brings back, if it is a restoration.</summary>
    public long? RestoredRevision { get; init; }

    /// <summary>Asked in the turn whether the user may still edit; absent: the server itself may.</summary>
    public IDocumentActor? Actor { get; init; }

    /// <summary>The connection whose selection <see cref="Selection"/> is.</summary>
    public string? ConnectionId { get; init; }

    /// <summary>Where the author's selections are after the operation.</summary>
    public Selection? Selection { get; init; }

    /// <summary>The W3C trace context of the span that submits it, if it is traced.</summary>
    public string? Traceparent { get; init; }
}
