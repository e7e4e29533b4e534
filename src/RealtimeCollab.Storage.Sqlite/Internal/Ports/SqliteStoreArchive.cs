using Dapper;
using Microsoft.Data.Sqlite;
using RealtimeCollab.Sessions.Storage;
using RealtimeCollab.Storage.Sqlite.Internal.Schema;

namespace RealtimeCollab.Storage.Sqlite.Internal.Ports;

internal sealed class SqliteStoreArchive(SqliteDatabase database) : IStoreArchive
{
    private const string ImportSql = """
        INSERT INTO documents (document_id, incarnation, revision, start_revision, horizon, content_type, created_by, created_at, updated_at, deleted_at,
            membership_version, title)
        VALUES (@DocumentId, @Incarnation, @Revision, @StartRevision, @Horizon, @ContentType, @CreatedBy, @CreatedAt, @UpdatedAt, @DeletedAt,
            @MembershipVersion, @Title)
        ON CONFLICT DO NOTHING
        """;

    public ValueTask<IReadOnlyList<ArchivedDocument>> ListAsync(
        string afterDocumentId, int limit, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        return database.ReadAsync<IReadOnlyList<ArchivedDocument>>(
            reader =>
            [
                .. reader.Connection.Query<DocumentRow>(
                    $"SELECT {DocumentSql.Columns} FROM documents WHERE document_id > @afterDocumentId ORDER BY document_id LIMIT @limit",
                    new { afterDocumentId, limit }).Select(row => row.ToArchived()),
            ],
            cancellationToken);
    }

    public ValueTask<ArchivedDocument> ImportAsync(ArchivedDocument document, CancellationToken cancellationToken) =>
        database.Writer.RunAsync(connection => Import(connection, document), cancellationToken);

    private static ArchivedDocument Import(SqliteConnection connection, ArchivedDocument document)
    {
        connection.Execute(ImportSql, DocumentRow.From(document with { Head = document.RowToImport }));
        return connection.QuerySingle<DocumentRow>(
            $"SELECT {DocumentSql.Columns} FROM documents WHERE document_id = @DocumentId", new { document.Head.DocumentId }).ToArchived();
    }
}
