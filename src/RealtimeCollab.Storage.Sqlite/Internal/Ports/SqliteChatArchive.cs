using Dapper;
using RealtimeCollab.Sessions.Storage.Chat;
using RealtimeCollab.Storage.Sqlite.Internal.Schema;

namespace RealtimeCollab.Storage.Sqlite.Internal.Ports;

internal sealed class SqliteChatArchive(SqliteDatabase database) : IChatArchive
{
    private const string ImportRoomSql = """
        INSERT INTO rooms (room_id, incarnation, kind, name, created_by, created_at, sequence, change)
        VALUES (@RoomId, @Incarnation, @kind, @Name, @CreatedBy, @createdAt, @Sequence, @Change) ON CONFLICT DO NOTHING
        """;

    private const string ImportMemberSql = $"""
        INSERT INTO room_members VALUES ({RoomRow.NumberOfKey}, @UserId, @UserName, @role, @LastRead)
        ON CONFLICT (room, user_id) DO UPDATE SET user_name = excluded.user_name, role = excluded.role, last_read = excluded.last_read
        """;

    public ValueTask<IReadOnlyList<RoomHead>> ListRoomsAsync(string afterRoomId, int limit, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<RoomHead>>(
            reader =>
            [
                .. reader.Connection.Query<RoomRow>(
                    $"SELECT {RoomRow.Columns} FROM rooms AS r WHERE r.room_id > @afterRoomId ORDER BY r.room_id LIMIT @limit", new { afterRoomId, limit })
                    .Select(row => row.ToHead()),
            ],
            cancellationToken);

    public ValueTask<RoomHead> ImportRoomAsync(RoomHead room, CancellationToken cancellationToken) => database.Writer.RunAsync(
        connection =>
        {
            connection.Execute(ImportRoomSql, new
            {
                room.RoomId,
                room.Incarnation,
                kind = (long)room.Kind,
                room.Name,
                room.CreatedBy,
                createdAt = room.CreatedAt.ToUnixTimeMilliseconds(),
                room.Sequence,
                room.Change,
            });
            return connection.QuerySingle<RoomRow>($"SELECT {RoomRow.Columns} FROM rooms AS r WHERE r.room_id = @RoomId", new { room.RoomId }).ToHead();
        },
        cancellationToken);

    public async ValueTask ImportMembersAsync(RoomKey room, IReadOnlyList<RoomMembership> members, CancellationToken cancellationToken) =>
        await database.Writer.RunAsync(
            connection => connection.Execute(
                ImportMemberSql,
                members.Select(member => new { room.RoomId, room.Incarnation, member.UserId, member.UserName, role = (long)member.Role, member.LastRead })),
            cancellationToken);

    public ValueTask<IReadOnlyList<NotificationCounter>> ListCountersAsync(string afterUserId, int limit, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<NotificationCounter>>(
            reader =>
            [
                .. reader.Connection.Query<NotificationCounter>(
                    "SELECT user_id AS UserId, last_id AS LastId FROM notification_counters WHERE user_id > @afterUserId ORDER BY user_id LIMIT @limit",
                    new { afterUserId, limit }),
            ],
            cancellationToken);

    public async ValueTask ImportNotificationsAsync(
        NotificationCounter counter, IReadOnlyList<StoredNotification> notifications, CancellationToken cancellationToken) =>
        await database.Writer.RunAsync(
            connection =>
            {
                connection.Execute(
                    """
                    INSERT INTO notification_counters VALUES (@UserId, @LastId)
                    ON CONFLICT (user_id) DO UPDATE SET last_id = max(last_id, excluded.last_id)
                    """,
                    counter);
                return connection.Execute(
                    $"INSERT INTO notifications VALUES (@UserId, @id, @Type, @Text, {RoomRow.NumberOfKey}, @Sequence, @createdAt) ON CONFLICT DO NOTHING",
                    notifications.Select(one => new
                    {
                        one.Notification.UserId,
                        id = one.Id,
                        one.Notification.Type,
                        one.Notification.Text,
                        one.Notification.Room?.RoomId,
                        one.Notification.Room?.Incarnation,
                        one.Notification.Sequence,
                        createdAt = one.Notification.Timestamp.ToUnixTimeMilliseconds(),
                    }));
            },
            cancellationToken);
}
