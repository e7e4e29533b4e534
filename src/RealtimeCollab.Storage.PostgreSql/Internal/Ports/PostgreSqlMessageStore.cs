using Dapper;
using RealtimeCollab.Sessions;
using RealtimeCollab.Sessions.Storage;
using RealtimeCollab.Sessions.Storage.Chat;
using RealtimeCollab.Sessions.Storage.Webhooks;
using RealtimeCollab.Storage.PostgreSql.Internal.Schema;

namespace RealtimeCollab.Storage.PostgreSql.Internal.Ports;

internal sealed class PostgreSqlMessageStore(PostgreSqlDatabase database) : IMessageStore
{
    // the arbiter is one row, moved only from where the batch expects it; everything else hangs on whether it moved
    private const string AppendSql = $"""
        WITH moved AS (
            UPDATE realtimecollab.rooms SET sequence = @Sequence, change = @Change
            WHERE room_id = @RoomId AND incarnation = @Incarnation AND change = @ExpectedChange
            RETURNING number
        ), written AS (
            INSERT INTO realtimecollab.messages (room, sequence, change, message_id, client_message_id, sender_id, sender_name, content, message_type,
                mentions, reply_to, reactions, sent_at, edited_at, deleted_at)
            SELECT moved.number, m.* FROM moved, unnest(@sequences, @changes, @messageIds, @clientMessageIds, @senderIds, @senderNames, @contents,
                @messageTypes, @mentions, @repliesTo, @reactions, @sentAt, @editedAt, @deletedAt) AS m
            ON CONFLICT (room, sequence) DO UPDATE SET change = excluded.change, content = excluded.content, mentions = excluded.mentions,
                reactions = excluded.reactions, edited_at = excluded.edited_at, deleted_at = excluded.deleted_at
        ), wanted AS (
            SELECT w.user_id, w.type, NULL AS text, moved.number AS room, w.sequence, w.created_at, w.place
            FROM moved, unnest(@mentionedUsers, @mentionTypes, @mentioningSequences, @mentionTimes) WITH ORDINALITY AS w (user_id, type, sequence, created_at, place)
        ), {NotificationSql.Add}, told AS (
            {WebhookSql.Insert} e.revision FROM moved CROSS JOIN {WebhookSql.Given}
        )
        SELECT EXISTS (SELECT FROM moved)
        """;

    private const string FindSql = $"""
        SELECT {MessageRow.Columns} FROM realtimecollab.messages AS m
        WHERE m.room = {RoomRow.NumberOfKey} AND (m.message_id = ANY (@ids) OR m.sequence = ANY (@sequences)
            OR (m.sender_id, m.client_message_id) IN (SELECT * FROM unnest(@senders, @clientMessageIds)))
        ORDER BY m.sequence
        """;

    public ValueTask<IReadOnlyList<RoomHead>> FindRoomsAsync(IReadOnlyCollection<string> roomIds, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<RoomHead>>(
            async (connection, token) =>
            [
                .. (await connection.QueryAsync<RoomRow>(new CommandDefinition(
                    $"SELECT {RoomRow.Columns} FROM realtimecollab.rooms AS r WHERE r.room_id = ANY (@ids)", new { ids = roomIds.ToArray() }, cancellationToken: token)))
                    .Select(row => row.ToHead()),
            ],
            cancellationToken);

    public async ValueTask<RoomHead> OpenRoomAsync(NewRoom room, CancellationToken cancellationToken) =>
        await database.WriteSoonAsync((connection, token) => RoomOpening.OpenAsync(connection, room, token), cancellationToken)
        ?? throw CollabException.RoomNotFound(room.RoomId);

    public async ValueTask<AppendOutcome> AppendAsync(MessageBatch batch, CancellationToken cancellationToken)
    {
        batch.ThrowIfInvalid();
        cancellationToken.ThrowIfCancellationRequested();
        var parameters = MessageParameters.From(batch);
        parameters.Add("deliveries", WebhookSql.Write(database.Webhooks.OfMentions(batch)));
        var appended = await database.WriteSoonAsync(
            (connection, token) => connection.ExecuteScalarAsync<bool>(new CommandDefinition(AppendSql, parameters, cancellationToken: token)),
            cancellationToken);
        return appended ? AppendOutcome.Appended : AppendOutcome.Conflict;
    }

    public ValueTask<IReadOnlyList<StoredMessage>> ReadAsync(RoomKey room, MessageRange range, int limit, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        var (condition, order) = range.Order switch
        {
            MessageOrder.AfterSequence => ("m.sequence > @Bound", "m.sequence"),
            MessageOrder.BeforeSequence => ("m.sequence < @Bound", "m.sequence DESC"),
            _ => ("m.change > @Bound", "m.change"),
        };
        var sql = $"SELECT {MessageRow.Columns} FROM realtimecollab.messages AS m WHERE m.room = {RoomRow.NumberOfKey} AND {condition} ORDER BY {order} LIMIT @limit";
        return QueryAsync(sql, new { room.RoomId, room.Incarnation, range.Bound, limit }, isReversed: range.Order == MessageOrder.BeforeSequence, cancellationToken);
    }

    public ValueTask<IReadOnlyList<StoredMessage>> FindMessagesAsync(RoomKey room, MessageLookup lookup, CancellationToken cancellationToken) =>
        QueryAsync(
            FindSql,
            new
            {
                room.RoomId,
                room.Incarnation,
                ids = lookup.MessageIds.ToArray(),
                sequences = lookup.Sequences.ToArray(),
                senders = lookup.Sent.Select(sent => sent.SenderId).ToArray(),
                clientMessageIds = lookup.Sent.Select(sent => sent.ClientMessageId).ToArray(),
            },
            isReversed: false,
            cancellationToken);

    public ValueTask<int> CountUnreadAsync(RoomKey room, string userId, long afterSequence, int limit, CancellationToken cancellationToken) =>
        database.ReadAsync(
            (connection, token) => connection.ExecuteScalarAsync<int>(new CommandDefinition(
                $"""
                SELECT count(*) FROM (SELECT FROM realtimecollab.messages WHERE room = {RoomRow.NumberOfKey}
                    AND sequence > @afterSequence AND sender_id <> @userId AND deleted_at IS NULL LIMIT @limit) AS unread
                """,
                new { room.RoomId, room.Incarnation, userId, afterSequence, limit },
                cancellationToken: token)),
            cancellationToken);

    private ValueTask<IReadOnlyList<StoredMessage>> QueryAsync(string sql, object parameters, bool isReversed, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<StoredMessage>>(
            async (connection, token) =>
            {
                var rows = await connection.QueryAsync<MessageRow>(new CommandDefinition(sql, parameters, cancellationToken: token));
                var messages = rows.Select(row => row.ToMessage());
                return [.. isReversed ? messages.Reverse() : messages];
            },
            cancellationToken);
}
