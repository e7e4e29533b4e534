using RealtimeCollab.OperationalTransform;

namespace RealtimeCollab.Protocol.Documents;

/// <summary>Data of the event <c>remote_operation</c> of <c>GET /api/documents/{documentId}/events</c>: one committed operation.</summary>
public sealed record RemoteOperation
{
    /// <summary>The document that it changed.</summary>
    public required string DocumentId { get; init; }

    /// <inheritdoc cref="CommittedOperation.Revision"/>
    public required long Revision { get; init; }

    /// <inheritdoc cref="CommittedOperation.ClientId"/>
    public required string ClientId { get; init; }

    /// <inheritdoc cref="CommittedOperation.UserId"/>
    public required string UserId { get; init; }

    /// <inheritdoc cref="CommittedOperation.OperationId"/>
    public required string OperationId { get; init; }

    /// <inheritdoc cref="CommittedOperation.Operation"/>
    public required TextOperation Operation { get; init; }

    /// <inheritdoc cref="CommittedOperation.Timestamp"/>
    public required DateTimeOffset Timestamp { get; init; }
}
