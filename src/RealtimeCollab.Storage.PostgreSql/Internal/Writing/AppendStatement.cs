using System.Data;
using System.Globalization;
using Npgsql;
using RealtimeCollab.Sessions.Storage.Webhooks;
using RealtimeCollab.Storage.PostgreSql.Internal.Schema;

namespace RealtimeCollab.Storage.PostgreSql.Internal.Writing;

/// <summary>
/// A transaction over many documents in one round trip. Both commands are sent together, and the server runs what is sent together
/// as one transaction: no lock waits for an answer of this process.
/// </summary>
internal sealed class AppendStatement : IAsyncDisposable
{
    // in one order on all nodes, so that no two of them wait for each other
    private const string LockSql = """
        SELECT FROM realtimecollab.documents WHERE document_id = ANY ($1) ORDER BY document_id FOR NO KEY UPDATE
        """;

    // once it is set it stays as it is, or the row would leave its page with every append
    private const string MarkSql = ", changed_since = coalesce(d.changed_since, b.updated_at)";

    private const string RestorationSql = $"""
        , told AS (
            {WebhookSql.Insert} e.revision
            FROM jsonb_to_recordset($14) AS {WebhookSql.Columns} JOIN batches AS b ON b.document_id = e.subject_id JOIN moved AS m ON m.batch = b.batch
        )
        """;

    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlBatch _commands;
    private readonly GroupColumns _columns;
    private Task _underWay = Task.CompletedTask;

    private AppendStatement(NpgsqlConnection connection, WebhookSubscriptions webhooks)
    {
        _connection = connection;
        _columns = new GroupColumns(webhooks);
        _commands = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new NpgsqlBatchCommand(LockSql) { Parameters = { _columns.LockedIds } },
                new NpgsqlBatchCommand(AppendSql(webhooks)),
            },
        };
        foreach (var parameter in _columns.Parameters)
            _commands.BatchCommands[1].Parameters.Add(parameter);
    }

    public ConnectionState State => _connection.State;

    /// <param name="source">Gives the connection.</param>
    /// <param name="webhooks">What is told.</param>
    /// <param name="patience">How long an answer is waited for.</param>
    public static async Task<AppendStatement> PrepareAsync(NpgsqlDataSource source, WebhookSubscriptions webhooks, TimeSpan patience)
    {
        var connection = await source.OpenConnectionAsync();
        var statement = new AppendStatement(connection, webhooks);
        try
        {
            await using (var session = new NpgsqlCommand(SessionSql(patience), connection))
                await session.ExecuteNonQueryAsync();
            await statement._commands.PrepareAsync();
            return statement;
        }
        catch
        {
            await statement.DisposeAsync();
            throw;
        }
    }

    /// <summary>Which batches were appended; the others clashed. Returns after the commit.</summary>
    public Task<bool[]> ExecuteAsync(IReadOnlyList<PendingAppend> group)
    {
        var executing = SendAsync(group);
        _underWay = executing;
        return executing;
    }

    /// <summary>Waits for what is under way, which ends by the connection's own time limit at the latest.</summary>
    public async ValueTask DisposeAsync()
    {
        await _underWay.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _commands.DisposeAsync();
        await _connection.DisposeAsync();
    }

    private async Task<bool[]> SendAsync(IReadOnlyList<PendingAppend> group)
    {
        _columns.Fill(group);
        var appended = new bool[group.Count];
        await using var reader = await _commands.ExecuteReaderAsync();
        await reader.NextResultAsync();
        while (await reader.ReadAsync())
            appended[reader.GetInt64(0) - 1] = true;
        // reads up to the server's word that the transaction is over
        await reader.NextResultAsync();
        return appended;
    }

    /// <summary>
    /// A node may be stopped with half of its batch on the way: then the server holds the locks until it hears more, or finds that nobody is there. Other
    /// nodes wait for them half as long as for an answer, so that it still comes. Decision 0160.
    /// </summary>
    private static string SessionSql(TimeSpan patience) => string.Create(CultureInfo.InvariantCulture, $"""
        SET lock_timeout = {(patience == Timeout.InfiniteTimeSpan ? 0 : (int)(patience / 2).TotalMilliseconds)};
        SET tcp_keepalives_idle = 5; SET tcp_keepalives_interval = 2; SET tcp_keepalives_count = 3
        """);

    // a statement after the locks, because it sees what was committed while it waited for them; it moves the heads that are where
    // their batches expect them, and inserts the entries of those only. Nobody pays for what nobody is told
    private static string AppendSql(WebhookSubscriptions webhooks) => $"""
        WITH batches AS (
            SELECT * FROM unnest($1, $2, $3, $4, $5, $6) WITH ORDINALITY AS b (document_id, incarnation, expected, head, updated_at, membership, batch)
        ), moved AS (
            UPDATE realtimecollab.documents AS d SET revision = b.head, updated_at = b.updated_at{(webhooks.Has(WebhookEventType.DocumentChanged) ? MarkSql : string.Empty)}
            FROM batches AS b
            WHERE d.document_id = b.document_id AND d.incarnation = b.incarnation AND d.revision = b.expected
                AND b.membership IN (-1, d.membership_version) AND d.deleted_at IS NULL
            RETURNING d.number, b.batch
        ), appended AS (
            INSERT INTO realtimecollab.operations (document, revision, client_id, user_id, operation_id, committed_at, operation)
            SELECT m.number, e.revision, e.client_id, e.user_id, e.operation_id, e.committed_at, e.operation
            FROM unnest($7, $8, $9, $10, $11, $12, $13) AS e (batch, revision, client_id, user_id, operation_id, committed_at, operation)
            JOIN moved AS m ON m.batch = e.batch
        ){(webhooks.Has(WebhookEventType.DocumentRestored) ? RestorationSql : string.Empty)}
        SELECT batch FROM moved
        """;
}
