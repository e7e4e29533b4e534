using Dapper;
using RealtimeCollab.Sessions.Storage.Chat;
using RealtimeCollab.Storage.PostgreSql.Internal.Schema;

namespace RealtimeCollab.Storage.PostgreSql.Internal.Ports;

internal sealed class PostgreSqlNotificationStore(PostgreSqlDatabase database) : INotificationStore
{
    private const string SelectSql = """
        SELECT n.id AS Id, n.user_id AS UserId, n.type AS Type, n.text AS Text, r.room_id AS RoomId, r.incarnation AS Incarnation,
            n.sequence AS Sequence, n.created_at AS CreatedAt
        FROM realtimecollab.notifications AS n LEFT JOIN realtimecollab.rooms AS r ON r.number = n.room
        """;

    private const string AddSql = $"""
        WITH wanted AS (
            SELECT w.user_id, w.type, w.text, r.number AS room, w.sequence, w.created_at, w.place
            FROM unnest(@users, @types, @texts, @rooms, @incarnations, @sequences, @times) WITH ORDINALITY
                AS w (user_id, type, text, room_id, incarnation, sequence, created_at, place)
            LEFT JOIN realtimecollab.rooms AS r ON r.room_id = w.room_id AND r.incarnation = w.incarnation
        ), {NotificationSql.Add}
        SELECT user_id AS UserId, id AS Id FROM added ORDER BY id
        """;

    public async ValueTask<IReadOnlyList<StoredNotification>> AddAsync(
        IReadOnlyList<NewNotification> notifications, CancellationToken cancellationToken)
    {
        var parameters = new
        {
            users = notifications.Select(one => one.UserId).ToArray(),
            types = notifications.Select(one => one.Type).ToArray(),
            texts = notifications.Select(one => one.Text).ToArray(),
            rooms = notifications.Select(one => one.Room?.RoomId).ToArray(),
            incarnations = notifications.Select(one => one.Room?.Incarnation).ToArray(),
            sequences = notifications.Select(one => one.Sequence).ToArray(),
            times = notifications.Select(one => one.Timestamp.UtcDateTime).ToArray(),
        };
        var added = await database.WriteAsync(
            (connection, token) => connection.QueryAsync<(string UserId, long Id)>(new CommandDefinition(AddSql, parameters, cancellationToken: token)),
            cancellationToken);
        // a user's numbers are in the order of that user's notifications
        var numbers = added.ToLookup(row => row.UserId, row => row.Id, StringComparer.Ordinal)
            .ToDictionary(user => user.Key, user => new Queue<long>(user), StringComparer.Ordinal);
        return [.. notifications.Select(one => new StoredNotification(numbers[one.UserId].Dequeue(), one))];
    }

    public ValueTask<IReadOnlyList<StoredNotification>> ListAsync(
        string userId, long afterId, int limit, CancellationToken cancellationToken) =>
        QueryAsync($"{SelectSql} WHERE n.user_id = @userId AND n.id > @afterId ORDER BY n.id LIMIT @limit", new { userId, afterId, limit }, cancellationToken);

    public ValueTask<IReadOnlyList<StoredNotification>> FindMentionsAsync(
        RoomKey room, IReadOnlyCollection<long> sequences, CancellationToken cancellationToken) =>
        QueryAsync(
            $"{SelectSql} WHERE n.room = {RoomRow.NumberOfKey} AND n.sequence = ANY (@sequences)",
            new { room.RoomId, room.Incarnation, sequences = sequences.ToArray() },
            cancellationToken);

    public async ValueTask AcknowledgeAsync(string userId, IReadOnlyCollection<long> ids, CancellationToken cancellationToken) =>
        await database.WriteAsync(
            (connection, token) => connection.ExecuteAsync(new CommandDefinition(
                "DELETE FROM realtimecollab.notifications WHERE user_id = @userId AND id = ANY (@ids)",
                new { userId, ids = ids.ToArray() },
                cancellationToken: token)),
            cancellationToken);

    private ValueTask<IReadOnlyList<StoredNotification>> QueryAsync(string sql, object parameters, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<StoredNotification>>(
            async (connection, token) =>
            [
                .. (await connection.QueryAsync<NotificationRow>(new CommandDefinition(sql, parameters, cancellationToken: token)))
                    .Select(row => row.ToNotification()),
            ],
            cancellationToken);

    private sealed record NotificationRow(
        long Id, string UserId, string Type, string? Text, string? RoomId, string? Incarnation, long? Sequence, DateTime CreatedAt)
    {
        public StoredNotification ToNotification() => new(Id, new NewNotification(
            UserId, Type, Text, RoomId is null ? null : new RoomKey(RoomId, Incarnation!), Sequence, new DateTimeOffset(CreatedAt)));
    }
}
