using RealtimeCollab.OperationalTransform;

namespace RealtimeCollab.Protocol.Documents;

/// <summary>Argument of <see cref="IDocumentHub.UpdateSelection"/>.</summary>
public sealed record UpdateSelectionRequest : IDocumentRequest
{
    /// <summary>The document that the selection is in.</summary>
    public required string DocumentId { get; init; }

    /// <summary>The revision that the positions are meant for.</summary>
    public required long Revision { get; init; }

    /// <summary>The selections; absent when the editor lost the focus.</summary>
    public Selection? Selection { get; init; }
}
