using System.Text.Json;
using Dapper;
using Microsoft.Data.Sqlite;
using RealtimeCollab.Sessions.Storage.Chat;
using RealtimeCollab.Storage.Sqlite.Internal.Schema;

namespace RealtimeCollab.Storage.Sqlite.Internal.Ports;

internal sealed class SqliteNotificationStore(SqliteDatabase database) : INotificationStore
{
    private const string SelectSql = """
        SELECT n.id AS Id, n.user_id AS UserId, n.type AS Type, n.text AS Text, r.room_id AS RoomId, r.incarnation AS Incarnation,
            n.sequence AS Sequence, n.created_at AS CreatedAt
        FROM notifications AS n LEFT JOIN rooms AS r ON r.number = n.room
        """;

    public ValueTask<IReadOnlyList<StoredNotification>> AddAsync(
        IReadOnlyList<NewNotification> notifications, CancellationToken cancellationToken) =>
        database.Writer.RunAsync<IReadOnlyList<StoredNotification>>(
            connection => [.. notifications.Select(notification => new StoredNotification(Add(connection, notification, RoomOf(connection, notification)), notification))],
            cancellationToken);

    public ValueTask<IReadOnlyList<StoredNotification>> ListAsync(
        string userId, long afterId, int limit, CancellationToken cancellationToken) =>
        QueryAsync($"{SelectSql} WHERE n.user_id = @userId AND n.id > @afterId ORDER BY n.id LIMIT @limit", new { userId, afterId, limit }, cancellationToken);

    public ValueTask<IReadOnlyList<StoredNotification>> FindMentionsAsync(
        RoomKey room, IReadOnlyCollection<long> sequences, CancellationToken cancellationToken) =>
        QueryAsync(
            $"{SelectSql} WHERE n.room = {RoomRow.NumberOfKey} AND n.sequence IN (SELECT value FROM json_each(@sequences))",
            new { room.RoomId, room.Incarnation, sequences = JsonSerializer.Serialize(sequences) },
            cancellationToken);

    public async ValueTask AcknowledgeAsync(string userId, IReadOnlyCollection<long> ids, CancellationToken cancellationToken) =>
        await database.Writer.RunAsync(
            connection => connection.Execute(
                "DELETE FROM notifications WHERE user_id = @userId AND id IN (SELECT value FROM json_each(@ids))", new { userId, ids = JsonSerializer.Serialize(ids) }),
            cancellationToken);

    /// <summary>Inside the writer's transaction. Returns the notification's number.</summary>
    public static long Add(SqliteConnection connection, NewNotification notification, long? room)
    {
        var id = connection.ExecuteScalar<long>(
            "INSERT INTO notification_counters VALUES (@UserId, 1) ON CONFLICT (user_id) DO UPDATE SET last_id = last_id + 1 RETURNING last_id",
            new { notification.UserId });
        connection.Execute(
            "INSERT INTO notifications VALUES (@UserId, @id, @Type, @Text, @room, @Sequence, @createdAt)",
            new { notification.UserId, id, notification.Type, notification.Text, room, notification.Sequence, createdAt = notification.Timestamp.ToUnixTimeMilliseconds() });
        return id;
    }

    private static long? RoomOf(SqliteConnection connection, NewNotification notification) =>
        notification.Room is { } room ? connection.QuerySingleOrDefault<long?>($"SELECT {RoomRow.NumberOfKey}", new { room.RoomId, room.Incarnation }) : null;

    private ValueTask<IReadOnlyList<StoredNotification>> QueryAsync(string sql, object parameters, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<StoredNotification>>(
            reader => [.. reader.Connection.Query<NotificationRow>(sql, parameters).Select(row => row.ToNotification())], cancellationToken);

    private sealed record NotificationRow(
        long Id, string UserId, string Type, string? Text, string? RoomId, string? Incarnation, long? Sequence, long CreatedAt)
    {
        public StoredNotification ToNotification() => new(Id, new NewNotification(
            UserId, Type, Text, RoomId is null ? null : new RoomKey(RoomId, Incarnation!), Sequence, DateTimeOffset.FromUnixTimeMilliseconds(CreatedAt)));
    }
}
