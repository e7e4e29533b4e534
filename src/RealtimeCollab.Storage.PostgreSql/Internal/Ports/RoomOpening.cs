using Dapper;
using Npgsql;
using RealtimeCollab.Sessions.Storage.Chat;
using RealtimeCollab.Storage.PostgreSql.Internal.Schema;

namespace RealtimeCollab.Storage.PostgreSql.Internal.Ports;

/// <summary>Makes rooms.</summary>
internal static class RoomOpening
{
    // a document's room is made while the document's row is locked, or it could be deleted meanwhile. Over a room of an earlier
    // incarnation of the document the counting goes on; over any other nothing happens
    private const string OpenSql = $"""
        WITH d AS (
            SELECT FROM realtimecollab.documents AS d WHERE d.document_id = @RoomId AND d.incarnation = @Incarnation AND d.deleted_at IS NULL FOR SHARE
        ), opened AS (
            INSERT INTO realtimecollab.rooms AS there (room_id, incarnation, kind, name, created_by, created_at, sequence, change)
            SELECT @RoomId, @Incarnation, @kind, @Name, @CreatedBy, @createdAt, 0, 0 WHERE @kind <> 0 OR EXISTS (SELECT FROM d)
            ON CONFLICT (room_id) DO UPDATE SET incarnation = excluded.incarnation, name = excluded.name, created_by = excluded.created_by,
                created_at = excluded.created_at
            WHERE there.kind = 0 AND excluded.kind = 0 AND there.incarnation <> excluded.incarnation
            RETURNING number
        ), emptied AS (
            DELETE FROM realtimecollab.messages WHERE room IN (SELECT number FROM opened)
        ), left_ AS (
            DELETE FROM realtimecollab.room_members WHERE room IN (SELECT number FROM opened)
        ), forgotten AS (
            DELETE FROM realtimecollab.notifications WHERE room IN (SELECT number FROM opened)
        ), joined AS (
            INSERT INTO realtimecollab.room_members (room, user_id, user_name, role, last_read)
            SELECT opened.number, m.* FROM opened, unnest(@userIds, @userNames, @roles, @lastRead) AS m
        )
        SELECT @kind <> 0 OR EXISTS (SELECT FROM d)
        """;

    /// <summary>Null: there is no such document.</summary>
    public static async Task<RoomHead?> OpenAsync(NpgsqlConnection connection, NewRoom room, CancellationToken cancellationToken)
    {
        var parameters = new
        {
            room.RoomId,
            room.Incarnation,
            kind = (short)room.Kind,
            room.Name,
            room.CreatedBy,
            createdAt = room.CreatedAt.UtcDateTime,
            userIds = room.Members.Select(member => member.UserId).ToArray(),
            userNames = room.Members.Select(member => member.UserName).ToArray(),
            roles = room.Members.Select(member => (short)member.Role).ToArray(),
            lastRead = room.Members.Select(member => member.LastRead).ToArray(),
        };
        if (!await connection.ExecuteScalarAsync<bool>(new CommandDefinition(OpenSql, parameters, cancellationToken: cancellationToken)))
            return null;
        var row = await connection.QuerySingleAsync<RoomRow>(new CommandDefinition(
            $"SELECT {RoomRow.Columns} FROM realtimecollab.rooms AS r WHERE r.room_id = @RoomId", new { room.RoomId }, cancellationToken: cancellationToken));
        return row.ToHead();
    }
}
