using RealtimeCollab.OperationalTransform;

namespace RealtimeCollab.Protocol.Documents;

/// <summary>A client in a document.</summary>
public sealed record Participant
{
    /// <summary>The client's id; one user may have several.</summary>
    public required string ClientId { get; init; }

    /// <summary>The user's id.</summary>
    public required string UserId { get; init; }

    /// <summary>The user's name.</summary>
    public required string UserName { get; init; }

    /// <summary>The user's colour in this document, <c>#rrggbb</c>.</summary>
    public required string Color { get; init; }

    /// <summary>A writer, not only a reader.</summary>
    public required bool IsEditing { get; init; }

    /// <summary>Where its selections are, at the document's revision.</summary>
    public Selection? Selection { get; init; }

    /// <summary>A label of the device, as the client gave it.</summary>
    public string? Device { get; init; }
}
