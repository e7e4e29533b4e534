using System.Runtime.InteropServices;

namespace RealtimeCollab.Sessions.Storage.Chat;

/// <summary>A chat room's row in the store: the arbiter of the order of its messages and of their changes.</summary>
public sealed record RoomHead
{
    /// <summary>The room's id.</summary>
    public required string RoomId { get; init; }

    /// <summary>Random, made with the room; that of its document, if it is a document's.</summary>
    public required string Incarnation { get; init; }

    /// <summary>What it belongs to.</summary>
    public required RoomKind Kind { get; init; }

    /// <summary>What people call it.</summary>
    public string? Name { get; init; }

    /// <summary>The user who made it, or the document.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>When it was made, UTC, to the millisecond.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The place of the last message; 0 in a new room. Goes on counting when a document is created again.</summary>
    public long Sequence { get; init; }

    /// <summary>The number of the last change of any message, counted like <see cref="Sequence"/>.</summary>
    public long Change { get; init; }

    /// <summary>Names the room and which of those that ever had its id.</summary>
    public RoomKey Key => new(RoomId, Incarnation);
}

/// <summary>What a room belongs to.</summary>
public enum RoomKind
{
    /// <summary>A document, whose id and access rules it has.</summary>
    Document,

    /// <summary>Itself: it has members of its own.</summary>
    Free,

    /// <summary>Two users, for good.</summary>
    Direct,
}

/// <summary>What a user may do in a room; each role includes those before it.</summary>
public enum RoomRole
{
    /// <summary>Nothing; for a member of a document's room: what the document says.</summary>
    None,

    /// <summary>Read.</summary>
    Viewer,

    /// <summary>Write too.</summary>
    Commenter,

    /// <summary>Edit and delete messages of others and manage members too.</summary>
    Owner,
}

/// <summary>A room and which of those that ever had its id.</summary>
/// <param name="RoomId">The room's id.</param>
/// <param name="Incarnation">The room's incarnation.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct RoomKey(string RoomId, string Incarnation);

/// <summary>A room that is to be made.</summary>
/// <param name="RoomId">The room's id.</param>
/// <param name="Incarnation">Random; that of the document, if it is a document's.</param>
/// <param name="Kind">What it belongs to.</param>
/// <param name="Name">What people call it.</param>
/// <param name="CreatedBy">The user who makes it.</param>
/// <param name="CreatedAt">Now, UTC, to the millisecond.</param>
/// <param name="Members">Its first members; none, if it is a document's.</param>
public sealed record NewRoom(
    string RoomId, string Incarnation, RoomKind Kind, string? Name, string CreatedBy, DateTimeOffset CreatedAt, IReadOnlyList<RoomMembership> Members)
{
    /// <summary>The row of this room.</summary>
    /// <param name="former">What there was of its id before, if it is a document's.</param>
    public RoomHead ToHead(RoomHead? former = null) => new()
    {
        RoomId = RoomId,
        Incarnation = Incarnation,
        Kind = Kind,
        Name = Name,
        CreatedBy = CreatedBy,
        CreatedAt = CreatedAt,
        Sequence = former?.Sequence ?? 0,
        Change = former?.Change ?? 0,
    };
}

/// <summary>Somebody in a room.</summary>
/// <param name="UserId">The user.</param>
/// <param name="UserName">The user's name when they were last there; the id, if they never were.</param>
/// <param name="Role">In a document's room <see cref="RoomRole.None"/>: there the document decides.</param>
/// <param name="LastRead">The last message that they have read, 0 for none.</param>
public sealed record RoomMembership(string UserId, string UserName, RoomRole Role, long LastRead);
