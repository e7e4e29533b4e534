using Dapper;
using RealtimeCollab.Sessions.Storage;
using RealtimeCollab.Sessions.Storage.Access;
using RealtimeCollab.Storage.Sqlite.Internal.Schema;

namespace RealtimeCollab.Storage.Sqlite.Internal.Ports;

internal sealed class SqliteDocumentCatalog(SqliteDatabase database) : IDocumentCatalog
{
    private const string ListSql = $"""
        SELECT {DocumentSql.Columns} FROM documents
        WHERE document_id > @afterDocumentId AND deleted_at IS NULL
        AND (@memberId IS NULL OR number IN (SELECT document FROM members WHERE user_id = @memberId AND role > @none))
        ORDER BY document_id LIMIT @limit
        """;

    public async ValueTask<bool> SetTitleAsync(string documentId, string incarnation, string? title, CancellationToken cancellationToken) =>
        await database.Writer.RunAsync(
            connection => connection.Execute($"UPDATE documents SET title = @title WHERE {DocumentSql.IsCurrent}", new { documentId, incarnation, title }),
            cancellationToken) > 0;

    public ValueTask<IReadOnlyList<DocumentHead>> ListAsync(
        string afterDocumentId, int limit, string? memberId, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        return database.ReadAsync<IReadOnlyList<DocumentHead>>(
            reader =>
            [
                .. reader.Connection.Query<DocumentRow>(ListSql, new { afterDocumentId, limit, memberId, none = (long)MemberRole.None })
                    .Select(row => row.ToHead()),
            ],
            cancellationToken);
    }
}
