using RealtimeCollab.OperationalTransform;

namespace RealtimeCollab.Protocol.Documents;

/// <summary>Argument of <see cref="IDocumentHub.Subscribe"/>.</summary>
public sealed record SubscribeRequest : IDocumentRequest
{
    /// <summary>1 to 128 characters of <c>A-Z a-z 0-9 . _ ~ -</c>.</summary>
    public required string DocumentId { get; init; }

    /// <summary>The client will not edit; for display only, rights come from the user's role.</summary>
    public bool? ReadOnly { get; init; }

    /// <summary>The revision that the client already has; the snapshot then holds what came after, if the gap is short.</summary>
    public long? SinceRevision { get; init; }

    /// <summary>Gives an <c>eventsUrl</c> for an EventSource instead of joining the document with this connection.</summary>
    public bool? UseSse { get; init; }
}

/// <summary>Argument of <see cref="IDocumentHub.Unsubscribe"/>.</summary>
public sealed record UnsubscribeRequest : IDocumentRequest
{
    /// <summary>The document to stop following.</summary>
    public required string DocumentId { get; init; }
}

/// <summary>Argument of <see cref="IDocumentHub.StartEditing"/>.</summary>
public sealed record StartEditingRequest : IDocumentRequest
{
    /// <summary>1 to 128 characters of <c>A-Z a-z 0-9 . _ ~ -</c>.</summary>
    public required string DocumentId { get; init; }

    /// <summary>What a document that is created by this call holds; <see cref="ContentType.Text"/> if absent.</summary>
    public ContentType? ContentType { get; init; }

    /// <summary>The text of a document that is created by this call; ignored when the document exists.</summary>
    public string? InitialText { get; init; }

    /// <summary>The revision that the client already has; the snapshot then holds what came after, if the gap is short.</summary>
    public long? SinceRevision { get; init; }

    /// <summary>The document alone: SignalR writes arguments to its log, and text does not belong there.</summary>
    public override string ToString() => $"{nameof(StartEditingRequest)} {DocumentId}";
}

/// <summary>Argument of <see cref="IDocumentHub.StopEditing"/>.</summary>
public sealed record StopEditingRequest : IDocumentRequest
{
    /// <summary>The document to stop writing.</summary>
    public required string DocumentId { get; init; }
}
