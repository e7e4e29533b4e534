using Dapper;
using RealtimeCollab.Sessions.Storage.Chat;
using RealtimeCollab.Storage.PostgreSql.Internal.Schema;

namespace RealtimeCollab.Storage.PostgreSql.Internal.Ports;

internal sealed class PostgreSqlRoomMemberStore(PostgreSqlDatabase database) : IRoomMemberStore
{
    private const string Columns = "m.user_id AS UserId, m.user_name AS UserName, m.role AS Role, m.last_read AS LastRead";

    private const string InsertSql = """
        INSERT INTO realtimecollab.room_members AS m (room, user_id, user_name, role, last_read)
        SELECT r.number, @userId, @userName, @role, 0 FROM realtimecollab.rooms AS r WHERE r.room_id = @RoomId AND r.incarnation = @Incarnation FOR SHARE
        ON CONFLICT (room, user_id) DO UPDATE SET
        """;

    public ValueTask<IReadOnlyList<RoomMembership>> FindAsync(
        RoomKey room, IReadOnlyCollection<string> userIds, CancellationToken cancellationToken) =>
        QueryAsync(
            $"SELECT {Columns} FROM realtimecollab.room_members AS m WHERE m.room = {RoomRow.NumberOfKey} AND m.user_id = ANY (@ids)",
            new { room.RoomId, room.Incarnation, ids = userIds.ToArray() },
            cancellationToken);

    public ValueTask<IReadOnlyList<RoomMembership>> ListAsync(RoomKey room, int limit, CancellationToken cancellationToken) =>
        QueryAsync(
            $"SELECT {Columns} FROM realtimecollab.room_members AS m WHERE m.room = {RoomRow.NumberOfKey} ORDER BY m.last_read DESC, m.user_id LIMIT @limit",
            new { room.RoomId, room.Incarnation, limit },
            cancellationToken);

    public async ValueTask<RoomMembership> EnterAsync(RoomKey room, string userId, string userName, CancellationToken cancellationToken)
    {
        var row = await database.WriteAsync(
            (connection, token) => connection.QuerySingleOrDefaultAsync<MemberRow>(new CommandDefinition(
                $"{InsertSql} user_name = excluded.user_name RETURNING {Columns}",
                new { userId, userName, role = (short)RoomRole.None, room.RoomId, room.Incarnation },
                cancellationToken: token)),
            cancellationToken);
        return row?.ToMembership() ?? new RoomMembership(userId, userName, RoomRole.None, LastRead: 0);
    }

    public async ValueTask SetRoleAsync(RoomKey room, string userId, RoomRole role, CancellationToken cancellationToken) =>
        await ExecuteAsync(
            $"{InsertSql} role = excluded.role", new { userId, userName = userId, role = (short)role, room.RoomId, room.Incarnation }, cancellationToken);

    public async ValueTask RemoveAsync(RoomKey room, string userId, CancellationToken cancellationToken) =>
        await ExecuteAsync(
            $"DELETE FROM realtimecollab.room_members WHERE room = {RoomRow.NumberOfKey} AND user_id = @userId",
            new { room.RoomId, room.Incarnation, userId },
            cancellationToken);

    public ValueTask<long> MarkReadAsync(RoomKey room, string userId, long sequence, CancellationToken cancellationToken) =>
        database.WriteAsync(
            (connection, token) => connection.ExecuteScalarAsync<long>(new CommandDefinition(
                $"""
                UPDATE realtimecollab.room_members SET last_read = greatest(last_read, @sequence)
                WHERE room = {RoomRow.NumberOfKey} AND user_id = @userId RETURNING last_read
                """,
                new { room.RoomId, room.Incarnation, userId, sequence },
                cancellationToken: token)),
            cancellationToken);

    public ValueTask<IReadOnlyList<JoinedRoom>> ListRoomsAsync(
        string userId, string afterRoomId, int limit, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<JoinedRoom>>(
            async (connection, token) =>
            [
                .. await connection.QueryAsync<RoomRow, MemberRow, JoinedRoom>(
                    new CommandDefinition(
                        $"""
                        SELECT {RoomRow.Columns}, {Columns} FROM realtimecollab.room_members AS m JOIN realtimecollab.rooms AS r ON r.number = m.room
                        WHERE m.user_id = @userId AND r.kind <> 0 AND r.room_id > @afterRoomId ORDER BY r.room_id LIMIT @limit
                        """,
                        new { userId, afterRoomId, limit },
                        cancellationToken: token),
                    (room, member) => new JoinedRoom(room.ToHead(), member.ToMembership()),
                    splitOn: nameof(MemberRow.UserId)),
            ],
            cancellationToken);

    private ValueTask<IReadOnlyList<RoomMembership>> QueryAsync(string sql, object parameters, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<RoomMembership>>(
            async (connection, token) =>
            [
                .. (await connection.QueryAsync<MemberRow>(new CommandDefinition(sql, parameters, cancellationToken: token)))
                    .Select(row => row.ToMembership()),
            ],
            cancellationToken);

    private ValueTask<int> ExecuteAsync(string sql, object parameters, CancellationToken cancellationToken) =>
        database.WriteAsync((connection, token) => connection.ExecuteAsync(new CommandDefinition(sql, parameters, cancellationToken: token)), cancellationToken);

    private sealed record MemberRow(string UserId, string UserName, short Role, long LastRead)
    {
        public RoomMembership ToMembership() => new(UserId, UserName, (RoomRole)Role, LastRead);
    }
}
