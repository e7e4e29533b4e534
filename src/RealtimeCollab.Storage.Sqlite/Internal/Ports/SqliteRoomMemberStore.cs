using System.Text.Json;
using Dapper;
using RealtimeCollab.Sessions.Storage.Chat;
using RealtimeCollab.Storage.Sqlite.Internal.Schema;

namespace RealtimeCollab.Storage.Sqlite.Internal.Ports;

internal sealed class SqliteRoomMemberStore(SqliteDatabase database) : IRoomMemberStore
{
    private const string Columns = "m.user_id AS UserId, m.user_name AS UserName, m.role AS Role, m.last_read AS LastRead";

    private const string InsertSql = """
        INSERT INTO room_members SELECT number, @userId, @userName, @role, 0 FROM rooms WHERE room_id = @RoomId AND incarnation = @Incarnation
        ON CONFLICT (room, user_id) DO UPDATE SET
        """;

    public ValueTask<IReadOnlyList<RoomMembership>> FindAsync(
        RoomKey room, IReadOnlyCollection<string> userIds, CancellationToken cancellationToken) =>
        QueryAsync(
            $"SELECT {Columns} FROM room_members AS m WHERE m.room = {RoomRow.NumberOfKey} AND m.user_id IN (SELECT value FROM json_each(@ids))",
            new { room.RoomId, room.Incarnation, ids = JsonSerializer.Serialize(userIds) },
            cancellationToken);

    public ValueTask<IReadOnlyList<RoomMembership>> ListAsync(RoomKey room, int limit, CancellationToken cancellationToken) =>
        QueryAsync(
            $"SELECT {Columns} FROM room_members AS m WHERE m.room = {RoomRow.NumberOfKey} ORDER BY m.last_read DESC, m.user_id LIMIT @limit",
            new { room.RoomId, room.Incarnation, limit },
            cancellationToken);

    public ValueTask<RoomMembership> EnterAsync(RoomKey room, string userId, string userName, CancellationToken cancellationToken) =>
        database.Writer.RunAsync(
            connection => connection.QuerySingleOrDefault<MemberRow>(
                $"{InsertSql} user_name = excluded.user_name RETURNING user_id AS UserId, user_name AS UserName, role AS Role, last_read AS LastRead",
                new { userId, userName, role = (long)RoomRole.None, room.RoomId, room.Incarnation })?.ToMembership()
                ?? new RoomMembership(userId, userName, RoomRole.None, LastRead: 0),
            cancellationToken);

    public async ValueTask SetRoleAsync(RoomKey room, string userId, RoomRole role, CancellationToken cancellationToken) =>
        await ExecuteAsync(
            $"{InsertSql} role = excluded.role", new { userId, userName = userId, role = (long)role, room.RoomId, room.Incarnation }, cancellationToken);

    public async ValueTask RemoveAsync(RoomKey room, string userId, CancellationToken cancellationToken) =>
        await ExecuteAsync(
            $"DELETE FROM room_members WHERE room = {RoomRow.NumberOfKey} AND user_id = @userId", new { room.RoomId, room.Incarnation, userId }, cancellationToken);

    public ValueTask<long> MarkReadAsync(RoomKey room, string userId, long sequence, CancellationToken cancellationToken) =>
        database.Writer.RunAsync(
            connection => connection.ExecuteScalar<long>(
                $"""
                UPDATE room_members SET last_read = max(last_read, @sequence) WHERE room = {RoomRow.NumberOfKey} AND user_id = @userId
                RETURNING last_read
                """,
                new { room.RoomId, room.Incarnation, userId, sequence }),
            cancellationToken);

    public ValueTask<IReadOnlyList<JoinedRoom>> ListRoomsAsync(
        string userId, string afterRoomId, int limit, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<JoinedRoom>>(
            reader =>
            [
                .. reader.Connection.Query<RoomRow, MemberRow, JoinedRoom>(
                    $"""
                    SELECT {RoomRow.Columns}, {Columns} FROM room_members AS m JOIN rooms AS r ON r.number = m.room
                    WHERE m.user_id = @userId AND r.kind <> 0 AND r.room_id > @afterRoomId ORDER BY r.room_id LIMIT @limit
                    """,
                    (room, member) => new JoinedRoom(room.ToHead(), member.ToMembership()),
                    new { userId, afterRoomId, limit },
                    splitOn: nameof(MemberRow.UserId)),
            ],
            cancellationToken);

    private ValueTask<IReadOnlyList<RoomMembership>> QueryAsync(string sql, object parameters, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<RoomMembership>>(
            reader => [.. reader.Connection.Query<MemberRow>(sql, parameters).Select(row => row.ToMembership())], cancellationToken);

    private ValueTask<int> ExecuteAsync(string sql, object parameters, CancellationToken cancellationToken) =>
        database.Writer.RunAsync(connection => connection.Execute(sql, parameters), cancellationToken);

    private sealed record MemberRow(string UserId, string UserName, long Role, long LastRead)
    {
        public RoomMembership ToMembership() => new(UserId, UserName, (RoomRole)Role, LastRead);
    }
}
