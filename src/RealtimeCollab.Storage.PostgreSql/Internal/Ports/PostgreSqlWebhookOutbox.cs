using Dapper;
using RealtimeCollab.Sessions.Storage.Webhooks;
using RealtimeCollab.Storage.PostgreSql.Internal.Schema;

namespace RealtimeCollab.Storage.PostgreSql.Internal.Ports;

internal sealed class PostgreSqlWebhookOutbox(PostgreSqlDatabase database) : IWebhookOutbox
{
    // a head that moved while its row was waited for is told as it is, though this statement does not see its last operation yet: the author
    // is then that of the one before
    private const string RecordChangesSql = """
        WITH due AS MATERIALIZED (
            SELECT d.number, d.document_id, d.revision, d.updated_at FROM realtimecollab.documents AS d
            WHERE d.changed_since IS NOT NULL AND (d.changed_since <= @changedBefore OR d.updated_at <= @quietSince)
            ORDER BY d.document_id LIMIT @limit FOR NO KEY UPDATE
        ), told AS MATERIALIZED (
            SELECT due.*, o.user_id, replace(gen_random_uuid()::text, '-', '') AS event_id
            FROM due LEFT JOIN LATERAL (
                SELECT o.user_id FROM realtimecollab.operations AS o WHERE o.document = due.number ORDER BY o.revision DESC LIMIT 1) AS o ON true
        ), marked AS (
            UPDATE realtimecollab.documents AS d SET changed_since = NULL FROM told WHERE d.number = told.number
        ), recorded AS (
            INSERT INTO realtimecollab.webhook_deliveries (endpoint, event_id, type, occurred_at, due_at, subject_id, revision, user_id)
            SELECT e.endpoint, told.event_id, @type, told.updated_at, told.updated_at, told.document_id, told.revision, told.user_id
            FROM told CROSS JOIN unnest(@endpoints) AS e (endpoint)
        )
        SELECT count(*) FROM told
        """;

    /// <summary>Deliveries that one transaction changes for upkeep, so that no row is locked for long.</summary>
    private const int SliceSize = 1_000;

    // of several nodes each takes what no other is just taking
    private const string ClaimSql = $"""
        WITH due AS MATERIALIZED (
            SELECT w.number FROM realtimecollab.webhook_deliveries AS w
            WHERE w.endpoint = @endpoint AND w.dead_at IS NULL AND w.due_at <= @now
            ORDER BY w.due_at, w.occurred_at, w.number LIMIT @limit FOR UPDATE SKIP LOCKED
        )
        UPDATE realtimecollab.webhook_deliveries AS w SET due_at = @until, attempts = w.attempts + 1
        FROM due WHERE w.number = due.number
        RETURNING {WebhookRow.Columns}
        """;

    private const string IsClaimed = "w.number = @Number AND w.attempts = @Attempts AND w.dead_at IS NULL";

    private const string IsStray = "w.dead_at IS NULL AND w.due_at < @dueBefore AND w.endpoint <> ALL (@endpoints)";

    private const string IsMeant = """
        w.dead_at IS NOT NULL AND w.dead_at < @deadBefore AND (@endpoint::text IS NULL OR w.endpoint = @endpoint)
        AND (@isAnyNumber OR w.number = ANY (@numbers))
        """;

    private const string MeasureSql = """
        SELECT endpoint, sum(waiting)::bigint, min(oldest), sum(dead)::bigint FROM (
            SELECT w.endpoint, count(*) AS waiting, min(w.occurred_at) AS oldest, 0 AS dead
            FROM realtimecollab.webhook_deliveries AS w WHERE w.dead_at IS NULL GROUP BY w.endpoint
            UNION ALL
            SELECT w.endpoint, 0, NULL, count(*) FROM realtimecollab.webhook_deliveries AS w WHERE w.dead_at IS NOT NULL GROUP BY w.endpoint) AS counted
        GROUP BY endpoint ORDER BY endpoint
        """;

    public async ValueTask<int> RecordChangesAsync(
        DateTimeOffset quietSince, DateTimeOffset changedBefore, int limit, CancellationToken cancellationToken)
    {
        if (!database.Webhooks.Has(WebhookEventType.DocumentChanged))
            return 0;
        var parameters = new
        {
            quietSince = quietSince.UtcDateTime,
            changedBefore = changedBefore.UtcDateTime,
            limit,
            type = (short)WebhookEventType.DocumentChanged,
            endpoints = database.Webhooks.EndpointsOf(WebhookEventType.DocumentChanged).ToArray(),
        };
        return (int)await database.WriteAsync(
            (connection, token) => connection.ExecuteScalarAsync<long>(new CommandDefinition(RecordChangesSql, parameters, cancellationToken: token)),
            cancellationToken);
    }

    public ValueTask<IReadOnlyList<WebhookDelivery>> ClaimAsync(
        string endpoint, DateTimeOffset now, DateTimeOffset until, int limit, CancellationToken cancellationToken)
    {
        var parameters = new { endpoint, now = now.UtcDateTime, until = until.UtcDateTime, limit };
        return database.WriteAsync<IReadOnlyList<WebhookDelivery>>(
            async (connection, token) =>
            {
                var rows = await connection.QueryAsync<WebhookRow>(new CommandDefinition(ClaimSql, parameters, cancellationToken: token));
                return [.. rows.Select(row => row.ToDelivery())];
            },
            cancellationToken);
    }

    public async ValueTask CompleteAsync(long number, CancellationToken cancellationToken) =>
        await ExecuteAsync("DELETE FROM realtimecollab.webhook_deliveries WHERE number = @number", new { number }, cancellationToken);

    public async ValueTask<bool> PostponeAsync(WebhookDelivery claimed, DateTimeOffset dueAt, string failure, CancellationToken cancellationToken) =>
        await ExecuteAsync(
            $"UPDATE realtimecollab.webhook_deliveries AS w SET due_at = @at, failure = @failure WHERE {IsClaimed}",
            new { claimed.Number, claimed.Attempts, at = dueAt.UtcDateTime, failure },
            cancellationToken) > 0;

    public async ValueTask<bool> BuryAsync(WebhookDelivery claimed, DateTimeOffset deadAt, string failure, CancellationToken cancellationToken) =>
        await ExecuteAsync(
            $"UPDATE realtimecollab.webhook_deliveries AS w SET dead_at = @at, failure = @failure WHERE {IsClaimed}",
            new { claimed.Number, claimed.Attempts, at = deadAt.UtcDateTime, failure },
            cancellationToken) > 0;

    public ValueTask<int> BuryStrayAsync(
        IReadOnlyCollection<string> endpoints, DateTimeOffset dueBefore, DateTimeOffset deadAt, string failure, CancellationToken cancellationToken) =>
        ChangeSlicesAsync(
            "UPDATE realtimecollab.webhook_deliveries AS w SET dead_at = @at, failure = @failure",
            IsStray,
            new DynamicParameters(new { endpoints = endpoints.ToArray(), dueBefore = dueBefore.UtcDateTime, at = deadAt.UtcDateTime, failure }),
            cancellationToken);

    public ValueTask<IReadOnlyList<WebhookDelivery>> ListDeadAsync(
        DeadLetters which, long afterNumber, int limit, CancellationToken cancellationToken)
    {
        var sql = $"""
            SELECT {WebhookRow.Columns} FROM realtimecollab.webhook_deliveries AS w
            WHERE w.number > @afterNumber AND {IsMeant} ORDER BY w.number LIMIT @limit
            """;
        var parameters = ParametersOf(which);
        parameters.AddDynamicParams(new { afterNumber, limit });
        return database.ReadAsync<IReadOnlyList<WebhookDelivery>>(
            async (connection, token) =>
            [
                .. (await connection.QueryAsync<WebhookRow>(new CommandDefinition(sql, parameters, cancellationToken: token))).Select(row => row.ToDelivery()),
            ],
            cancellationToken);
    }

    public ValueTask<int> RedeliverAsync(DeadLetters which, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var parameters = ParametersOf(which);
        parameters.Add("now", now.UtcDateTime);
        return ChangeSlicesAsync(
            "UPDATE realtimecollab.webhook_deliveries AS w SET dead_at = NULL, failure = NULL, attempts = 0, due_at = @now",
            IsMeant,
            parameters,
            cancellationToken);
    }

    public ValueTask<int> DropAsync(DeadLetters which, CancellationToken cancellationToken) =>
        ChangeSlicesAsync("DELETE FROM realtimecollab.webhook_deliveries AS w", IsMeant, ParametersOf(which), cancellationToken);

    public ValueTask<IReadOnlyList<WebhookBacklog>> MeasureAsync(CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<WebhookBacklog>>(
            async (connection, token) =>
            [
                .. (await connection.QueryAsync<(string Endpoint, long Waiting, DateTime? Oldest, long Dead)>(
                    new CommandDefinition(MeasureSql, cancellationToken: token))).Select(row => new WebhookBacklog(
                        row.Endpoint, row.Waiting, row.Oldest is { } oldest ? new DateTimeOffset(oldest) : null, row.Dead)),
            ],
            cancellationToken);

    /// <summary>Changes deliveries in the order of their numbers, each once, a transaction for each slice.</summary>
    private async ValueTask<int> ChangeSlicesAsync(string change, string which, DynamicParameters parameters, CancellationToken cancellationToken)
    {
        parameters.Add("limit", SliceSize);
        var (changed, after) = (0, 0L);
        while (true)
        {
            parameters.Add("after", after);
            var slice = await database.ReadAsync(
                async (connection, token) => (await connection.QueryAsync<long>(new CommandDefinition(
                    $"SELECT w.number FROM realtimecollab.webhook_deliveries AS w WHERE w.number > @after AND {which} ORDER BY w.number LIMIT @limit",
                    parameters,
                    cancellationToken: token))).AsList(),
                cancellationToken);
            if (slice.Count == 0)
                return changed;
            parameters.Add("slice", slice.ToArray());
            changed += await ExecuteAsync($"{change} WHERE w.number = ANY (@slice) AND {which}", parameters, cancellationToken);
            after = slice[^1];
        }
    }

    private ValueTask<int> ExecuteAsync(string sql, object parameters, CancellationToken cancellationToken) =>
        database.WriteAsync((connection, token) => connection.ExecuteAsync(new CommandDefinition(sql, parameters, cancellationToken: token)), cancellationToken);

    private static DynamicParameters ParametersOf(DeadLetters which) => new(new
    {
        endpoint = which.Endpoint,
        isAnyNumber = which.Numbers is null,
        numbers = which.Numbers?.ToArray() ?? [],
        // infinity, if there is none
        deadBefore = (which.DeadBefore ?? DateTimeOffset.MaxValue).UtcDateTime,
    });
}
