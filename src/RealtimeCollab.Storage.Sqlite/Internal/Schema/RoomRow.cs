using RealtimeCollab.Sessions.Storage.Chat;

namespace RealtimeCollab.Storage.Sqlite.Internal.Schema;

/// <summary>A row of <c>rooms</c> as Dapper reads it.</summary>
internal sealed record RoomRow
{
    /// <summary>Of a table or alias <c>r</c>.</summary>
    public const string Columns = """
        r.number AS Number, r.room_id AS RoomId, r.incarnation AS Incarnation, r.kind AS Kind, r.name AS Name,
        r.created_by AS CreatedBy, r.created_at AS CreatedAt, r.sequence AS Sequence, r.change AS Change
        """;

    /// <summary>@RoomId and @Incarnation.</summary>
    public const string NumberOfKey = "(SELECT number FROM rooms WHERE room_id = @RoomId AND incarnation = @Incarnation)";

    public required long Number { get; init; }

    public required string RoomId { get; init; }

    public required string Incarnation { get; init; }

    public required long Kind { get; init; }

    public required string? Name { get; init; }

    public required string CreatedBy { get; init; }

    public required long CreatedAt { get; init; }

    public required long Sequence { get; init; }

    public required long Change { get; init; }

    public RoomHead ToHead() => new()
    {
        RoomId = RoomId,
        Incarnation = Incarnation,
        Kind = (RoomKind)Kind,
        Name = Name,
        CreatedBy = CreatedBy,
        CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(CreatedAt),
        Sequence = Sequence,
        Change = Change,
    };
}
