using System.Text.Json;
using Dapper;
using Microsoft.Data.Sqlite;
using RealtimeCollab.Sessions;
using RealtimeCollab.Sessions.Storage;
using RealtimeCollab.Sessions.Storage.Access;
using RealtimeCollab.Sessions.Storage.Webhooks;
using RealtimeCollab.Storage.Sqlite.Internal.Schema;
using RealtimeCollab.Storage.Sqlite.Internal.Writing;

namespace RealtimeCollab.Storage.Sqlite.Internal.Ports;

internal sealed class SqliteOperationLog(SqliteDatabase database) : IOperationLog
{
    // a new document is inserted, one over a tombstone goes on counting; over a living one nothing happens and no row comes back
    private const string CreateSql = $"""
        INSERT INTO documents (document_id, incarnation, revision, start_revision, horizon, content_type, created_by, created_at, updated_at, title)
        VALUES (@DocumentId, @Incarnation, @entries, 0, 0, @ContentType, @CreatedBy, @createdAt, @createdAt, @Title)
        ON CONFLICT (document_id) DO UPDATE SET incarnation = excluded.incarnation, revision = documents.revision + excluded.revision,
            start_revision = documents.revision, horizon = documents.revision, content_type = excluded.content_type,
            created_by = excluded.created_by, created_at = excluded.created_at, updated_at = excluded.updated_at, title = excluded.title,
            deleted_at = NULL
        WHERE documents.deleted_at IS NOT NULL
        RETURNING {DocumentSql.Columns}
        """;

    // operations go afterwards
    private const string DropSql = """
        DELETE FROM snapshots WHERE document = @Number;
        DELETE FROM versions WHERE document = @Number;
        DELETE FROM members WHERE document = @Number;
        DELETE FROM share_links WHERE document = @Number
        """;

    public ValueTask<DocumentHead?> FindAsync(string documentId, CancellationToken cancellationToken) =>
        database.ReadAsync(reader => Find(reader.Connection, documentId)?.ToHead(), cancellationToken);

    public ValueTask<bool> IsDeletedAsync(string documentId, CancellationToken cancellationToken) =>
        database.ReadAsync(
            reader => reader.Connection.ExecuteScalar<bool>(
                "SELECT EXISTS (SELECT 1 FROM documents WHERE document_id = @documentId AND deleted_at IS NOT NULL)", new { documentId }),
            cancellationToken);

    public ValueTask<IReadOnlyList<DocumentHead>> FindAllAsync(
        IReadOnlyCollection<string> documentIds, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<DocumentHead>>(
            reader =>
            [
                .. reader.Connection.Query<DocumentRow>(
                    $"SELECT {DocumentSql.Columns} FROM documents WHERE document_id IN (SELECT value FROM json_each(@ids)) AND deleted_at IS NULL",
                    new { ids = JsonSerializer.Serialize(documentIds) }).Select(row => row.ToHead()),
            ],
            cancellationToken);

    public ValueTask<DocumentHead> CreateAsync(NewDocument document, NewEntry? first, CancellationToken cancellationToken) =>
        database.Writer.RunAsync(connection => Create(connection, document, first, database.Webhooks), cancellationToken);

    public async ValueTask<bool> DeleteAsync(
        string documentId, string incarnation, string? deletedBy, DateTimeOffset deletedAt, CancellationToken cancellationToken)
    {
        var tombstone = await database.Writer.RunAsync(
            connection => Delete(connection, documentId, incarnation, deletedBy, deletedAt, database.Webhooks), cancellationToken);
        if (tombstone is null)
            return false;

        try
        {
            await Purge.RunAsync(database.Writer, tombstone.Number, tombstone.Horizon, CancellationToken.None);
        }
        catch (CollabException failure)
        {
            database.Logger.PurgeFailed(failure);
        }

        return true;
    }

    public ValueTask WaitToAppendAsync(CancellationToken cancellationToken) => new(database.Writer.Gate.WaitAsync(cancellationToken));

    public ValueTask<AppendOutcome> AppendAsync(AppendBatch batch, CancellationToken cancellationToken)
    {
        batch.ThrowIfInvalid();
        return database.Writer.AppendAsync(batch, cancellationToken);
    }

    public ValueTask<IReadOnlyList<LogEntry>> ReadAsync(
        string documentId, long afterRevision, int limit, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        return database.ReadAsync(reader => reader.Entries.Read(documentId, afterRevision, limit), cancellationToken);
    }

    private static DocumentRow? Find(SqliteConnection connection, string documentId) =>
        connection.QuerySingleOrDefault<DocumentRow>(
            $"SELECT {DocumentSql.Columns} FROM documents WHERE document_id = @documentId AND deleted_at IS NULL", new { documentId });

    private static DocumentHead Create(SqliteConnection connection, NewDocument document, NewEntry? first, WebhookSubscriptions webhooks)
    {
        var created = connection.QuerySingleOrDefault<DocumentRow>(
            CreateSql,
            new
            {
                document.DocumentId,
                document.Incarnation,
                entries = first is null ? 0 : 1,
                document.ContentType,
                document.CreatedBy,
                document.Title,
                createdAt = document.CreatedAt.ToUnixTimeMilliseconds(),
            });
        if (created is null)
            return Find(connection, document.DocumentId)!.ToHead();

        connection.Execute("INSERT INTO members VALUES (@Number, @CreatedBy, @owner)", new { created.Number, created.CreatedBy, owner = (long)MemberRole.Owner });
        if (first is not null)
        {
            connection.Execute(
                "INSERT INTO operations VALUES (@Number, @Revision, @ClientId, @CreatedBy, @OperationId, @CreatedAt, @operation)",
                new { created.Number, created.Revision, first.ClientId, created.CreatedBy, first.OperationId, created.CreatedAt, operation = first.Operation.ToUtf8Json() });
        }

        connection.Record(webhooks.OfCreation(document, created.Revision));
        return created.ToHead();
    }

    private static DocumentRow? Delete(
        SqliteConnection connection, string documentId, string incarnation, string? deletedBy, DateTimeOffset deletedAt, WebhookSubscriptions webhooks)
    {
        var tombstone = connection.QuerySingleOrDefault<DocumentRow>(
            $"""
            UPDATE documents SET revision = revision + 1, horizon = revision + 1, deleted_at = @at, title = NULL, changed_since = NULL
            WHERE {DocumentSql.IsCurrent} RETURNING {DocumentSql.Columns}
            """,
            new { documentId, incarnation, at = deletedAt.ToUnixTimeMilliseconds() });
        if (tombstone is null)
            return null;

        connection.Execute(DropSql, new { tombstone.Number });
        connection.Record(webhooks.OfDeletion(documentId, tombstone.Revision, deletedBy, deletedAt));
        return tombstone;
    }
}
