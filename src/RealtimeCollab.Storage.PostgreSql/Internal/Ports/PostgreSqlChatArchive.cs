using Dapper;
using RealtimeCollab.Sessions.Storage.Chat;
using RealtimeCollab.Storage.PostgreSql.Internal.Schema;

namespace RealtimeCollab.Storage.PostgreSql.Internal.Ports;

internal sealed class PostgreSqlChatArchive(PostgreSqlDatabase database) : IChatArchive
{
    private const string ImportRoomSql = $"""
        INSERT INTO realtimecollab.rooms (room_id, incarnation, kind, name, created_by, created_at, sequence, change)
        VALUES (@RoomId, @Incarnation, @kind, @Name, @CreatedBy, @createdAt, @Sequence, @Change) ON CONFLICT DO NOTHING;
        SELECT {RoomRow.Columns} FROM realtimecollab.rooms AS r WHERE r.room_id = @RoomId
        """;

    private const string ImportMemberSql = $"""
        INSERT INTO realtimecollab.room_members (room, user_id, user_name, role, last_read)
        VALUES ({RoomRow.NumberOfKey}, @UserId, @UserName, @role, @LastRead)
        ON CONFLICT (room, user_id) DO UPDATE SET user_name = excluded.user_name, role = excluded.role, last_read = excluded.last_read
        """;

    private const string ImportCounterSql = """
        INSERT INTO realtimecollab.notification_counters AS c (user_id, last_id) VALUES (@UserId, @LastId)
        ON CONFLICT (user_id) DO UPDATE SET last_id = greatest(c.last_id, excluded.last_id)
        """;

    private const string ImportNotificationSql = $"""
        INSERT INTO realtimecollab.notifications (user_id, id, type, text, room, sequence, created_at)
        VALUES (@UserId, @id, @Type, @Text, {RoomRow.NumberOfKey}, @Sequence, @createdAt) ON CONFLICT DO NOTHING
        """;

    public ValueTask<IReadOnlyList<RoomHead>> ListRoomsAsync(string afterRoomId, int limit, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<RoomHead>>(
            async (connection, token) =>
            [
                .. (await connection.QueryAsync<RoomRow>(new CommandDefinition(
                    $"SELECT {RoomRow.Columns} FROM realtimecollab.rooms AS r WHERE r.room_id > @afterRoomId ORDER BY r.room_id LIMIT @limit",
                    new { afterRoomId, limit },
                    cancellationToken: token))).Select(row => row.ToHead()),
            ],
            cancellationToken);

    public async ValueTask<RoomHead> ImportRoomAsync(RoomHead room, CancellationToken cancellationToken)
    {
        var parameters = new
        {
            room.RoomId,
            room.Incarnation,
            kind = (short)room.Kind,
            room.Name,
            room.CreatedBy,
            createdAt = room.CreatedAt.UtcDateTime,
            room.Sequence,
            room.Change,
        };
        var row = await database.WriteAsync(
            (connection, token) => connection.QuerySingleAsync<RoomRow>(new CommandDefinition(ImportRoomSql, parameters, cancellationToken: token)), cancellationToken);
        return row.ToHead();
    }

    public async ValueTask ImportMembersAsync(RoomKey room, IReadOnlyList<RoomMembership> members, CancellationToken cancellationToken) =>
        await database.WriteAsync(
            (connection, token) => connection.ExecuteAsync(new CommandDefinition(
                ImportMemberSql,
                members.Select(member => new { room.RoomId, room.Incarnation, member.UserId, member.UserName, role = (short)member.Role, member.LastRead }),
                cancellationToken: token)),
            cancellationToken);

    public ValueTask<IReadOnlyList<NotificationCounter>> ListCountersAsync(string afterUserId, int limit, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<NotificationCounter>>(
            async (connection, token) =>
            [
                .. await connection.QueryAsync<NotificationCounter>(new CommandDefinition(
                    "SELECT user_id AS UserId, last_id AS LastId FROM realtimecollab.notification_counters WHERE user_id > @afterUserId ORDER BY user_id LIMIT @limit",
                    new { afterUserId, limit },
                    cancellationToken: token)),
            ],
            cancellationToken);

    public async ValueTask ImportNotificationsAsync(
        NotificationCounter counter, IReadOnlyList<StoredNotification> notifications, CancellationToken cancellationToken) =>
        await database.WriteAsync(
            async (connection, token) =>
            {
                await connection.ExecuteAsync(new CommandDefinition(ImportCounterSql, counter, cancellationToken: token));
                return await connection.ExecuteAsync(new CommandDefinition(
                    ImportNotificationSql,
                    notifications.Select(one => new
                    {
                        one.Notification.UserId,
                        id = one.Id,
                        one.Notification.Type,
                        one.Notification.Text,
                        one.Notification.Room?.RoomId,
                        one.Notification.Room?.Incarnation,
                        one.Notification.Sequence,
                        createdAt = one.Notification.Timestamp.UtcDateTime,
                    }),
                    cancellationToken: token));
            },
            cancellationToken);
}
