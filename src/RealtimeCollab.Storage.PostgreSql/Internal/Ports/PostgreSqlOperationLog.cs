using Dapper;
using Npgsql;
using RealtimeCollab.Sessions;
using RealtimeCollab.Sessions.Storage;
using RealtimeCollab.Sessions.Storage.Access;
using RealtimeCollab.Sessions.Storage.Webhooks;
using RealtimeCollab.Storage.PostgreSql.Internal.Schema;
using RealtimeCollab.Storage.PostgreSql.Internal.Writing;

namespace RealtimeCollab.Storage.PostgreSql.Internal.Ports;

internal sealed class PostgreSqlOperationLog(PostgreSqlDatabase database) : IOperationLog
{
    // a new document is inserted, one over a tombstone goes on counting; over a living one nothing happens and no row comes back
    private const string CreateSql = $"""
        WITH d AS (
            INSERT INTO realtimecollab.documents AS there
                (document_id, incarnation, revision, start_revision, horizon, content_type, created_by, created_at, updated_at, title)
            VALUES (@DocumentId, @Incarnation, @entries, 0, 0, @ContentType, @CreatedBy, @CreatedAt, @CreatedAt, @Title)
            ON CONFLICT (document_id) DO UPDATE SET incarnation = excluded.incarnation, revision = there.revision + excluded.revision,
                start_revision = there.revision, horizon = there.revision, content_type = excluded.content_type,
                created_by = excluded.created_by, created_at = excluded.created_at, updated_at = excluded.updated_at, title = excluded.title,
                deleted_at = NULL
            WHERE there.deleted_at IS NOT NULL
            RETURNING *
        ), appended AS (
            INSERT INTO realtimecollab.operations (document, revision, client_id, user_id, operation_id, committed_at, operation)
            SELECT d.number, d.revision, @clientId, d.created_by, @operationId, d.created_at, @operation FROM d WHERE @entries > 0
        ), owned AS (
            INSERT INTO realtimecollab.members (document, user_id, role) SELECT d.number, d.created_by, @owner FROM d
        ), told AS (
            {WebhookSql.Insert} d.revision FROM d CROSS JOIN {WebhookSql.Given}
        )
        SELECT {DocumentSql.Columns} FROM d
        """;

    // what belongs to the document goes with it, operations afterwards
    private const string DeleteSql = $"""
        WITH d AS (
            UPDATE realtimecollab.documents AS d SET revision = d.revision + 1, horizon = d.revision + 1, deleted_at = @deletedAt, title = NULL, changed_since = NULL
            WHERE {DocumentSql.IsCurrent}
            RETURNING *
        ), dropped_snapshots AS (
            DELETE FROM realtimecollab.snapshots WHERE document IN (SELECT number FROM d)
        ), dropped_versions AS (
            DELETE FROM realtimecollab.versions WHERE document IN (SELECT number FROM d)
        ), dropped_members AS (
            DELETE FROM realtimecollab.members WHERE document IN (SELECT number FROM d)
        ), dropped_links AS (
            DELETE FROM realtimecollab.share_links WHERE document IN (SELECT number FROM d)
        ), told AS (
            {WebhookSql.Insert} d.revision FROM d CROSS JOIN {WebhookSql.Given}
        )
        SELECT {DocumentSql.Columns} FROM d
        """;

    public ValueTask<DocumentHead?> FindAsync(string documentId, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async (connection, token) => (await FindAsync(connection, documentId, token))?.ToHead(),
            cancellationToken);

    public ValueTask<bool> IsDeletedAsync(string documentId, CancellationToken cancellationToken) =>
        database.ReadAsync(
            (connection, token) => connection.ExecuteScalarAsync<bool>(new CommandDefinition(
                "SELECT EXISTS (SELECT FROM realtimecollab.documents WHERE document_id = @documentId AND deleted_at IS NOT NULL)",
                new { documentId },
                cancellationToken: token)),
            cancellationToken);

    public ValueTask<IReadOnlyList<DocumentHead>> FindAllAsync(
        IReadOnlyCollection<string> documentIds, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<DocumentHead>>(
            async (connection, token) =>
            {
                var rows = await connection.QueryAsync<DocumentRow>(new CommandDefinition(
                    $"SELECT {DocumentSql.Columns} FROM realtimecollab.documents AS d WHERE d.document_id = ANY (@ids) AND d.deleted_at IS NULL",
                    new { ids = documentIds.ToArray() },
                    cancellationToken: token));
                return [.. rows.Select(row => row.ToHead())];
            },
            cancellationToken);

    public async ValueTask<DocumentHead> CreateAsync(NewDocument document, NewEntry? first, CancellationToken cancellationToken)
    {
        while (true)
        {
            // what is there may be deleted between the two statements; then there is a place for a new one
            if (await database.WriteSoonAsync((connection, token) => CreateOrFindAsync(connection, document, first, database.Webhooks, token), cancellationToken) is { } row)
                return row.ToHead();
        }
    }

    public async ValueTask<bool> DeleteAsync(
        string documentId, string incarnation, string? deletedBy, DateTimeOffset deletedAt, CancellationToken cancellationToken)
    {
        var parameters = new
        {
            documentId,
            incarnation,
            deletedAt = deletedAt.UtcDateTime,
            deliveries = WebhookSql.Write(database.Webhooks.OfDeletion(documentId, revision: null, deletedBy, deletedAt)),
        };
        var tombstone = await database.WriteAsync(
            (connection, token) => LockedCommand.ExecuteAsync(connection, DeleteSql, parameters, token), cancellationToken);
        if (tombstone is null)
            return false;

        try
        {
            await Purge.RunAsync(database, tombstone.Number, tombstone.Horizon, CancellationToken.None);
        }
        catch (CollabException failure)
        {
            database.Logger.PurgeFailed(failure);
        }

        return true;
    }

    public ValueTask WaitToAppendAsync(CancellationToken cancellationToken) => new(database.Appender.Gate.WaitAsync(cancellationToken));

    public ValueTask<AppendOutcome> AppendAsync(AppendBatch batch, CancellationToken cancellationToken)
    {
        batch.ThrowIfInvalid();
        return database.Appender.AppendAsync(batch, cancellationToken);
    }

    public ValueTask<IReadOnlyList<LogEntry>> ReadAsync(
        string documentId, long afterRevision, int limit, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        return database.ReadAsync(
            (connection, token) => EntryQuery.ReadAsync(connection, documentId, afterRevision, limit, token), cancellationToken);
    }

    private static async Task<DocumentRow?> CreateOrFindAsync(
        NpgsqlConnection connection, NewDocument document, NewEntry? first, WebhookSubscriptions webhooks, CancellationToken cancellationToken)
    {
        var parameters = new
        {
            document.DocumentId,
            document.Incarnation,
            entries = first is null ? 0L : 1L,
            ContentType = (short)document.ContentType,
            document.CreatedBy,
            document.Title,
            CreatedAt = document.CreatedAt.UtcDateTime,
            clientId = first?.ClientId ?? string.Empty,
            operationId = first?.OperationId ?? string.Empty,
            operation = first?.Operation.ToUtf8Json() ?? [],
            owner = (short)MemberRole.Owner,
            deliveries = WebhookSql.Write(webhooks.OfCreation(document, revision: null)),
        };
        return await connection.QuerySingleOrDefaultAsync<DocumentRow>(new CommandDefinition(CreateSql, parameters, cancellationToken: cancellationToken))
            ?? await FindAsync(connection, document.DocumentId, cancellationToken);
    }

    private static Task<DocumentRow?> FindAsync(NpgsqlConnection connection, string documentId, CancellationToken cancellationToken) =>
        connection.QuerySingleOrDefaultAsync<DocumentRow>(new CommandDefinition(
            $"SELECT {DocumentSql.Columns} FROM realtimecollab.documents AS d WHERE d.document_id = @documentId AND d.deleted_at IS NULL",
            new { documentId },
            cancellationToken: cancellationToken));
}
