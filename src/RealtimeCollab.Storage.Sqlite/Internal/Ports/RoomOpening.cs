using Dapper;
using Microsoft.Data.Sqlite;
using RealtimeCollab.Sessions;
using RealtimeCollab.Sessions.Storage.Chat;
using RealtimeCollab.Storage.Sqlite.Internal.Schema;

namespace RealtimeCollab.Storage.Sqlite.Internal.Ports;

/// <summary>Makes rooms, inside the writer's transaction.</summary>
internal static class RoomOpening
{
    // over a room of an earlier incarnation of the document the counting goes on; over any other nothing happens and no row comes back
    private const string OpenSql = """
        INSERT INTO rooms (room_id, incarnation, kind, name, created_by, created_at, sequence, change)
        VALUES (@RoomId, @Incarnation, @Kind, @Name, @CreatedBy, @createdAt, 0, 0)
        ON CONFLICT (room_id) DO UPDATE SET incarnation = excluded.incarnation, name = excluded.name, created_by = excluded.created_by,
            created_at = excluded.created_at
        WHERE rooms.kind = 0 AND excluded.kind = 0 AND rooms.incarnation <> excluded.incarnation
        RETURNING number
        """;

    private const string EmptySql = """
        DELETE FROM messages WHERE room = @number;
        DELETE FROM room_members WHERE room = @number;
        DELETE FROM notifications WHERE room = @number
        """;

    /// <exception cref="CollabException"><see cref="CollabError.RoomNotFound"/>: there is no such document.</exception>
    public static RoomHead Open(SqliteConnection connection, NewRoom room)
    {
        if (room.Kind == RoomKind.Document && !DocumentExists(connection, room))
            throw CollabException.RoomNotFound(room.RoomId);

        var parameters = new { room.RoomId, room.Incarnation, Kind = (long)room.Kind, room.Name, room.CreatedBy, createdAt = room.CreatedAt.ToUnixTimeMilliseconds() };
        if (connection.QuerySingleOrDefault<long?>(OpenSql, parameters) is { } number)
        {
            connection.Execute(EmptySql, new { number });
            foreach (var member in room.Members)
                connection.Execute("INSERT INTO room_members VALUES (@number, @UserId, @UserName, @role, @LastRead)", new { number, member.UserId, member.UserName, role = (long)member.Role, member.LastRead });
        }

        return connection.QuerySingle<RoomRow>($"SELECT {RoomRow.Columns} FROM rooms AS r WHERE r.room_id = @RoomId", new { room.RoomId }).ToHead();
    }

    private static bool DocumentExists(SqliteConnection connection, NewRoom room) => connection.ExecuteScalar<bool>(
        $"SELECT EXISTS (SELECT 1 FROM documents WHERE {DocumentSql.IsCurrent})", new { documentId = room.RoomId, incarnation = room.Incarnation });
}
