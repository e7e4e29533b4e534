using System.Text.Json;
using Dapper;
using Microsoft.Data.Sqlite;
using RealtimeCollab.Sessions.Storage.Webhooks;
using RealtimeCollab.Storage.Sqlite.Internal.Schema;
using RealtimeCollab.Storage.Sqlite.Internal.Writing;

namespace RealtimeCollab.Storage.Sqlite.Internal.Ports;

internal sealed class SqliteWebhookOutbox(SqliteDatabase database) : IWebhookOutbox
{
    private const string IsDueChange = "d.changed_since IS NOT NULL AND (d.changed_since <= @changedBefore OR d.updated_at <= @quietSince)";

    private const string ChangesSql = $"""
        SELECT d.number AS Number, d.document_id AS DocumentId, d.revision AS Revision, d.updated_at AS UpdatedAt,
            (SELECT o.user_id FROM operations AS o WHERE o.document = d.number AND o.revision = d.revision) AS UserId
        FROM documents AS d WHERE {IsDueChange} ORDER BY d.changed_since LIMIT @limit
        """;

    /// <summary>Deliveries that one transaction changes for upkeep, so that appends pass in between.</summary>
    private const int SliceSize = 1_000;

    private const string IsDue = "endpoint = @endpoint AND dead_at IS NULL AND due_at <= @now";

    private const string ClaimSql = $"""
        UPDATE webhook_deliveries SET due_at = @until, attempts = attempts + 1
        WHERE number IN (SELECT number FROM webhook_deliveries WHERE {IsDue} ORDER BY due_at, occurred_at, number LIMIT @limit)
        RETURNING {WebhookRow.Columns}
        """;

    private const string IsClaimed = "number = @Number AND attempts = @Attempts AND dead_at IS NULL";

    private const string IsStray = "dead_at IS NULL AND due_at < @dueBefore AND endpoint NOT IN (SELECT value FROM json_each(@endpoints))";

    private const string IsMeant = """
        dead_at IS NOT NULL AND dead_at < @deadBefore AND (@endpoint IS NULL OR endpoint = @endpoint)
        AND (@numbers IS NULL OR number IN (SELECT value FROM json_each(@numbers)))
        """;

    internal const string MeasureSql = """
        SELECT endpoint AS Endpoint, sum(waiting) AS Waiting, min(oldest) AS Oldest, sum(dead) AS Dead FROM (
            SELECT endpoint, count(*) AS waiting, min(occurred_at) AS oldest, 0 AS dead FROM webhook_deliveries WHERE dead_at IS NULL GROUP BY endpoint
            UNION ALL
            SELECT endpoint, 0, NULL, count(*) FROM webhook_deliveries WHERE dead_at IS NOT NULL GROUP BY endpoint)
        GROUP BY endpoint ORDER BY endpoint
        """;

    /// <summary>Looks first: a write that changes nothing would cost a commit, every second.</summary>
    public async ValueTask<int> RecordChangesAsync(
        DateTimeOffset quietSince, DateTimeOffset changedBefore, int limit, CancellationToken cancellationToken)
    {
        var parameters = new { quietSince = quietSince.ToUnixTimeMilliseconds(), changedBefore = changedBefore.ToUnixTimeMilliseconds(), limit };
        var isDue = database.Webhooks.Has(WebhookEventType.DocumentChanged) && await ExistsAsync($"documents AS d WHERE {IsDueChange}", parameters, cancellationToken);
        return isDue ? await database.Writer.RunAsync(connection => RecordChanges(connection, parameters), cancellationToken) : 0;
    }

    /// <inheritdoc cref="RecordChangesAsync"/>
    public async ValueTask<IReadOnlyList<WebhookDelivery>> ClaimAsync(
        string endpoint, DateTimeOffset now, DateTimeOffset until, int limit, CancellationToken cancellationToken)
    {
        var parameters = new { endpoint, now = now.ToUnixTimeMilliseconds(), until = until.ToUnixTimeMilliseconds(), limit };
        return await ExistsAsync($"webhook_deliveries WHERE {IsDue}", parameters, cancellationToken)
            ? await database.Writer.RunAsync(connection => Read(connection, ClaimSql, parameters), cancellationToken)
            : [];
    }

    public async ValueTask CompleteAsync(long number, CancellationToken cancellationToken) =>
        await ExecuteAsync("DELETE FROM webhook_deliveries WHERE number = @number", new { number }, cancellationToken);

    public async ValueTask<bool> PostponeAsync(WebhookDelivery claimed, DateTimeOffset dueAt, string failure, CancellationToken cancellationToken) =>
        await ExecuteAsync(
            $"UPDATE webhook_deliveries SET due_at = @at, failure = @failure WHERE {IsClaimed}",
            new { claimed.Number, claimed.Attempts, at = dueAt.ToUnixTimeMilliseconds(), failure },
            cancellationToken) > 0;

    public async ValueTask<bool> BuryAsync(WebhookDelivery claimed, DateTimeOffset deadAt, string failure, CancellationToken cancellationToken) =>
        await ExecuteAsync(
            $"UPDATE webhook_deliveries SET dead_at = @at, failure = @failure WHERE {IsClaimed}",
            new { claimed.Number, claimed.Attempts, at = deadAt.ToUnixTimeMilliseconds(), failure },
            cancellationToken) > 0;

    public ValueTask<int> BuryStrayAsync(
        IReadOnlyCollection<string> endpoints, DateTimeOffset dueBefore, DateTimeOffset deadAt, string failure, CancellationToken cancellationToken) =>
        ChangeSlicesAsync(
            "UPDATE webhook_deliveries SET dead_at = @at, failure = @failure",
            IsStray,
            new DynamicParameters(new
            {
                endpoints = JsonSerializer.Serialize(endpoints),
                dueBefore = dueBefore.ToUnixTimeMilliseconds(),
                at = deadAt.ToUnixTimeMilliseconds(),
                failure,
            }),
            cancellationToken);

    public ValueTask<IReadOnlyList<WebhookDelivery>> ListDeadAsync(
        DeadLetters which, long afterNumber, int limit, CancellationToken cancellationToken)
    {
        var parameters = ParametersOf(which);
        parameters.AddDynamicParams(new { afterNumber, limit });
        return database.ReadAsync(
            reader => Read(
                reader.Connection,
                $"SELECT {WebhookRow.Columns} FROM webhook_deliveries WHERE number > @afterNumber AND {IsMeant} ORDER BY number LIMIT @limit",
                parameters),
            cancellationToken);
    }

    public ValueTask<int> RedeliverAsync(DeadLetters which, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var parameters = ParametersOf(which);
        parameters.Add("now", now.ToUnixTimeMilliseconds());
        return ChangeSlicesAsync(
            "UPDATE webhook_deliveries SET dead_at = NULL, failure = NULL, attempts = 0, due_at = @now", IsMeant, parameters, cancellationToken);
    }

    public ValueTask<int> DropAsync(DeadLetters which, CancellationToken cancellationToken) =>
        ChangeSlicesAsync("DELETE FROM webhook_deliveries", IsMeant, ParametersOf(which), cancellationToken);

    public ValueTask<IReadOnlyList<WebhookBacklog>> MeasureAsync(CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<WebhookBacklog>>(
            reader =>
            [
                .. reader.Connection.Query<(string Endpoint, long Waiting, long? Oldest, long Dead)>(MeasureSql).Select(row => new WebhookBacklog(
                    row.Endpoint, row.Waiting, row.Oldest is { } oldest ? DateTimeOffset.FromUnixTimeMilliseconds(oldest) : null, row.Dead)),
            ],
            cancellationToken);

    /// <summary>Inside the writer's transaction.</summary>
    private int RecordChanges(SqliteConnection connection, object parameters)
    {
        var changes = connection.Query<ChangeRow>(ChangesSql, parameters).AsList();
        foreach (var change in changes)
        {
            connection.Record(database.Webhooks.OfChange(
                change.DocumentId, change.Revision, change.UserId, DateTimeOffset.FromUnixTimeMilliseconds(change.UpdatedAt)));
        }

        connection.Execute("UPDATE documents SET changed_since = NULL WHERE number = @Number", changes);
        return changes.Count;
    }

    /// <summary>Changes deliveries that are found beside the writer, which has them by their numbers alone. In their order, so that each is changed once.</summary>
    private async ValueTask<int> ChangeSlicesAsync(string change, string which, DynamicParameters parameters, CancellationToken cancellationToken)
    {
        if (!await ExistsAsync($"webhook_deliveries WHERE {which}", parameters, cancellationToken))
            return 0;
        parameters.Add("limit", SliceSize);
        var (changed, after) = (0, 0L);
        while (true)
        {
            parameters.Add("after", after);
            var slice = await database.ReadAsync(
                reader => reader.Connection.Query<long>(
                    $"SELECT number FROM webhook_deliveries WHERE number > @after AND {which} ORDER BY number LIMIT @limit", parameters).AsList(),
                cancellationToken);
            if (slice.Count == 0)
                return changed;
            parameters.Add("slice", JsonSerializer.Serialize(slice));
            changed += await ExecuteAsync(
                $"{change} WHERE number IN (SELECT value FROM json_each(@slice)) AND {which}", parameters, cancellationToken);
            after = slice[^1];
        }
    }

    private ValueTask<bool> ExistsAsync(string from, object parameters, CancellationToken cancellationToken) =>
        database.ReadAsync(reader => reader.Connection.ExecuteScalar<bool>($"SELECT EXISTS (SELECT 1 FROM {from})", parameters), cancellationToken);

    private ValueTask<int> ExecuteAsync(string sql, object parameters, CancellationToken cancellationToken) =>
        database.Writer.RunAsync(connection => connection.Execute(sql, parameters), cancellationToken);

    private static IReadOnlyList<WebhookDelivery> Read(SqliteConnection connection, string sql, object parameters) =>
        [.. connection.Query<WebhookRow>(sql, parameters).Select(row => row.ToDelivery())];

    private static DynamicParameters ParametersOf(DeadLetters which) => new(new
    {
        endpoint = which.Endpoint,
        numbers = which.Numbers is null ? null : JsonSerializer.Serialize(which.Numbers),
        deadBefore = which.DeadBefore?.ToUnixTimeMilliseconds() ?? long.MaxValue,
    });

    private sealed record ChangeRow(long Number, string DocumentId, long Revision, long UpdatedAt, string? UserId);
}
