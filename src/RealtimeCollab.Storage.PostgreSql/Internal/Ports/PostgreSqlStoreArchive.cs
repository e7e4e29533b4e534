using Dapper;
using Npgsql;
using RealtimeCollab.Sessions.Storage;
using RealtimeCollab.Storage.PostgreSql.Internal.Schema;

namespace RealtimeCollab.Storage.PostgreSql.Internal.Ports;

internal sealed class PostgreSqlStoreArchive(PostgreSqlDatabase database) : IStoreArchive
{
    private const string ListSql = $"""
        SELECT {DocumentSql.Columns} FROM realtimecollab.documents AS d
        WHERE d.document_id > @afterDocumentId ORDER BY d.document_id LIMIT @limit
        """;

    private const string ImportSql = """
        INSERT INTO realtimecollab.documents
            (document_id, incarnation, revision, start_revision, horizon, content_type, created_by, created_at, updated_at, deleted_at,
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
            async (connection, token) =>
            {
                var rows = await connection.QueryAsync<DocumentRow>(new CommandDefinition(
                    ListSql, new { afterDocumentId, limit }, cancellationToken: token));
                return [.. rows.Select(row => row.ToArchived())];
            },
            cancellationToken);
    }

    public ValueTask<ArchivedDocument> ImportAsync(ArchivedDocument document, CancellationToken cancellationToken) =>
        database.WriteAsync((connection, token) => ImportAsync(connection, document, token), cancellationToken);

    private static async Task<ArchivedDocument> ImportAsync(
        NpgsqlConnection connection, ArchivedDocument document, CancellationToken cancellationToken)
    {
        var row = DocumentRow.From(document with { Head = document.RowToImport });
        await connection.ExecuteAsync(new CommandDefinition(ImportSql, row, cancellationToken: cancellationToken));
        var there = await connection.QuerySingleAsync<DocumentRow>(new CommandDefinition(
            $"SELECT {DocumentSql.Columns} FROM realtimecollab.documents AS d WHERE d.document_id = @DocumentId",
            new { row.DocumentId },
            cancellationToken: cancellationToken));
        return there.ToArchived();
    }
}
