using RealtimeCollab.OperationalTransform;

namespace RealtimeCollab.Sessions.Rooms;

/// <summary>A connection that is in a document, at one moment.</summary>
public sealed record RoomMember
{
    /// <summary>The connection; each joins a document once.</summary>
    public required string ConnectionId { get; init; }

    /// <summary>The client, the same over its reconnects.</summary>
    public required string ClientId { get; init; }

    /// <summary>The user.</summary>
    public required string UserId { get; init; }

    /// <summary>The user's name.</summary>
    public required string UserName { get; init; }

    /// <summary>The user's colour in this document, <c>#rrggbb</c>; given by the room.</summary>
    public string Color { get; init; } = "";

    /// <summary>A label of the device.</summary>
    public string? Device { get; init; }

    /// <summary>Follows the document.</summary>
    public bool IsReading { get; init; }

    /// <summary>Edits the document.</summary>
    public bool IsEditing { get; init; }

    /// <summary>Where its selections are, in terms of the session's revision; null when there are none.</summary>
    public Selection? Selection { get; init; }
}
