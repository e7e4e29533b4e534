using System.Text.Json;
using Dapper;
using Microsoft.Data.Sqlite;
using RealtimeCollab.Sessions.Storage;
using RealtimeCollab.Sessions.Storage.Chat;
using RealtimeCollab.Sessions.Storage.Webhooks;
using RealtimeCollab.Storage.Sqlite.Internal.Schema;
using RealtimeCollab.Storage.Sqlite.Internal.Writing;

namespace RealtimeCollab.Storage.Sqlite.Internal.Ports;

internal sealed class SqliteMessageStore(SqliteDatabase database) : IMessageStore
{
    // the arbiter: one row, moved only from where the batch expects it
    private const string MoveHeadSql = """
        UPDATE rooms SET sequence = @Sequence, change = @Change
        WHERE room_id = @RoomId AND incarnation = @Incarnation AND change = @ExpectedChange
        RETURNING number
        """;

    private const string WriteSql = """
        INSERT INTO messages VALUES (@room, @Sequence, @Change, @MessageId, @ClientMessageId, @SenderId, @SenderName, @Content, @MessageType,
            @Mentions, @ReplyTo, @Reactions, @SentAt, @EditedAt, @DeletedAt)
        ON CONFLICT (room, sequence) DO UPDATE SET change = excluded.change, content = excluded.content, mentions = excluded.mentions,
            reactions = excluded.reactions, edited_at = excluded.edited_at, deleted_at = excluded.deleted_at
        """;

    private const string FindSql = $"""
        SELECT {MessageRow.Columns} FROM messages WHERE room = {RoomRow.NumberOfKey} AND message_id IN (SELECT value FROM json_each(@ids))
        UNION
        SELECT {MessageRow.Columns} FROM messages WHERE room = {RoomRow.NumberOfKey} AND sequence IN (SELECT value FROM json_each(@sequences))
        UNION
        SELECT {MessageRow.Columns} FROM messages WHERE room = {RoomRow.NumberOfKey}
            AND (sender_id, client_message_id) IN (SELECT json_extract(value, '$.senderId'), json_extract(value, '$.clientMessageId') FROM json_each(@sent))
        ORDER BY Sequence
        """;

    public ValueTask<IReadOnlyList<RoomHead>> FindRoomsAsync(IReadOnlyCollection<string> roomIds, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<RoomHead>>(
            reader =>
            [
                .. reader.Connection.Query<RoomRow>(
                    $"SELECT {RoomRow.Columns} FROM rooms AS r WHERE r.room_id IN (SELECT value FROM json_each(@ids))",
                    new { ids = JsonSerializer.Serialize(roomIds) }).Select(row => row.ToHead()),
            ],
            cancellationToken);

    public ValueTask<RoomHead> OpenRoomAsync(NewRoom room, CancellationToken cancellationToken) =>
        database.Writer.RunAsync(connection => RoomOpening.Open(connection, room), cancellationToken);

    public ValueTask<AppendOutcome> AppendAsync(MessageBatch batch, CancellationToken cancellationToken)
    {
        batch.ThrowIfInvalid();
        return database.Writer.RunAsync(connection => Append(connection, batch, database.Webhooks), cancellationToken);
    }

    public ValueTask<IReadOnlyList<StoredMessage>> ReadAsync(RoomKey room, MessageRange range, int limit, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        var (condition, order) = range.Order switch
        {
            MessageOrder.AfterSequence => ("sequence > @Bound", "sequence"),
            MessageOrder.BeforeSequence => ("sequence < @Bound", "sequence DESC"),
            _ => ("change > @Bound", "change"),
        };
        var sql = $"SELECT {MessageRow.Columns} FROM messages WHERE room = {RoomRow.NumberOfKey} AND {condition} ORDER BY {order} LIMIT @limit";
        return database.ReadAsync<IReadOnlyList<StoredMessage>>(
            reader =>
            {
                var rows = reader.Connection.Query<MessageRow>(sql, new { room.RoomId, room.Incarnation, range.Bound, limit }).Select(row => row.ToMessage());
                return [.. range.Order == MessageOrder.BeforeSequence ? rows.Reverse() : rows];
            },
            cancellationToken);
    }

    public ValueTask<IReadOnlyList<StoredMessage>> FindMessagesAsync(RoomKey room, MessageLookup lookup, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<StoredMessage>>(
            reader =>
            [
                .. reader.Connection.Query<MessageRow>(
                    FindSql,
                    new
                    {
                        room.RoomId,
                        room.Incarnation,
                        ids = JsonSerializer.Serialize(lookup.MessageIds),
                        sequences = JsonSerializer.Serialize(lookup.Sequences),
                        sent = JsonSerializer.Serialize(lookup.Sent, JsonSerializerOptions.Web),
                    }).Select(row => row.ToMessage()),
            ],
            cancellationToken);

    public ValueTask<int> CountUnreadAsync(RoomKey room, string userId, long afterSequence, int limit, CancellationToken cancellationToken) =>
        database.ReadAsync(
            reader => reader.Connection.ExecuteScalar<int>(
                $"""
                SELECT count(*) FROM (SELECT 1 FROM messages WHERE room = {RoomRow.NumberOfKey}
                    AND sequence > @afterSequence AND sender_id <> @userId AND deleted_at IS NULL LIMIT @limit)
                """,
                new { room.RoomId, room.Incarnation, userId, afterSequence, limit }),
            cancellationToken);

    private static AppendOutcome Append(SqliteConnection connection, MessageBatch batch, WebhookSubscriptions webhooks)
    {
        var room = connection.QuerySingleOrDefault<long?>(
            MoveHeadSql, new { batch.Sequence, batch.Change, batch.Room.RoomId, batch.Room.Incarnation, batch.ExpectedChange });
        if (room is null)
            return AppendOutcome.Conflict;

        foreach (var message in batch.Messages)
        {
            var parameters = new DynamicParameters(MessageRow.From(message));
            parameters.Add("room", room);
            connection.Execute(WriteSql, parameters);
        }

        foreach (var mention in batch.Mentions)
            SqliteNotificationStore.Add(connection, mention, room);
        connection.Record(webhooks.OfMentions(batch));
        return AppendOutcome.Appended;
    }
}
