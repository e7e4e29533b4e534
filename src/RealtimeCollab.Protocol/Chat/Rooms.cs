using RealtimeCollab.Protocol.Documents;

namespace RealtimeCollab.Protocol.Chat;

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

/// <summary>Argument of <see cref="IChatHub.CreateRoom"/>.</summary>
public sealed record CreateRoomRequest : IRoomRequest
{
    /// <summary>Random, chosen by the client: <c>~</c> and 1 to 120 characters of <c>A-Z a-z 0-9 . _ ~ -</c>, not beginning with <c>~direct.</c>; sent again, the same room.</summary>
    public required string RoomId { get; init; }

    /// <summary>What people call it: at most 128 UTF-16 code units, no control characters and none that change the direction of writing.</summary>
    public string? Name { get; init; }

    /// <summary>Ids of users who may write there, at most 200.</summary>
    public IReadOnlyList<string>? MemberIds { get; init; }
}

/// <summary>Argument of <see cref="IChatHub.OpenDirectRoom"/>.</summary>
public sealed record OpenDirectRoomRequest
{
    /// <summary>The other user, or the caller for a room of notes.</summary>
    public required string UserId { get; init; }
}

/// <summary>Argument of <see cref="IChatHub.SetRoomMember"/>; for owners of a room of its own, and to leave one for everybody.</summary>
public sealed record SetRoomMemberRequest : IRoomRequest
{
    /// <inheritdoc/>
    public required string RoomId { get; init; }

    /// <summary>Who.</summary>
    public required string UserId { get; init; }

    /// <summary><c>viewer</c>, <c>commenter</c> or <c>owner</c>; <c>none</c> takes the user out.</summary>
    public required DocumentRole Role { get; init; }
}

/// <summary>A room of its own, as one of its members sees it.</summary>
public sealed record RoomInfo
{
    /// <summary>The room's id.</summary>
    public required string RoomId { get; init; }

    /// <summary><c>free</c> or <c>direct</c>.</summary>
    public required RoomKind Kind { get; init; }

    /// <summary>What people call it.</summary>
    public string? Name { get; init; }

    /// <summary>What the user may do.</summary>
    public required DocumentRole Role { get; init; }

    /// <summary>The members' user ids, at most 200.</summary>
    public required IReadOnlyList<string> MemberIds { get; init; }

    /// <summary>The sequence of the room's last message.</summary>
    public required long LastSequence { get; init; }

    /// <summary>Up to where the user has read.</summary>
    public required long LastReadSequence { get; init; }

    /// <summary>Messages of others after that, at most 1000 of them counted.</summary>
    public required int UnreadCount { get; init; }
}

/// <summary>Argument of <see cref="IChatHub.GetRooms"/>.</summary>
public sealed record GetRoomsRequest
{
    /// <summary>Those with higher ids; the first ones if absent.</summary>
    public string? AfterRoomId { get; init; }

    /// <summary>Most rooms to give, 1 to 200; 50 if absent.</summary>
    public int? Limit { get; init; }
}

/// <summary>Result of <see cref="IChatHub.GetRooms"/>.</summary>
public sealed record RoomList
{
    /// <summary>In the ordinal order of their ids.</summary>
    public required IReadOnlyList<RoomInfo> Rooms { get; init; }
}
