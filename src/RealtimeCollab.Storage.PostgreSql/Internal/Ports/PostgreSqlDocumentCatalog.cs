using Dapper;
using RealtimeCollab.Sessions.Storage;
using RealtimeCollab.Sessions.Storage.Access;
using RealtimeCollab.Storage.PostgreSql.Internal.Schema;

namespace RealtimeCollab.Storage.PostgreSql.Internal.Ports;

internal sealed class PostgreSqlDocumentCatalog(PostgreSqlDatabase database) : IDocumentCatalog
{
    private const string ListSql = $"""
        SELECT {DocumentSql.Columns} FROM realtimecollab.documents AS d
        WHERE d.document_id > @afterDocumentId AND d.deleted_at IS NULL
        AND (@memberId::text IS NULL OR d.number IN (
            SELECT m.document FROM realtimecollab.members AS m WHERE m.user_id = @memberId AND m.role > @none))
        ORDER BY d.document_id LIMIT @limit
        """;

    private const string SetTitleSql = $"UPDATE realtimecollab.documents AS d SET title = @title WHERE {DocumentSql.IsCurrent}";

    public async ValueTask<bool> SetTitleAsync(string documentId, string incarnation, string? title, CancellationToken cancellationToken) =>
        await database.WriteAsync(
            (connection, token) => connection.ExecuteAsync(new CommandDefinition(
                SetTitleSql, new { documentId, incarnation, title }, cancellationToken: token)),
            cancellationToken) > 0;

    public ValueTask<IReadOnlyList<DocumentHead>> ListAsync(
        string afterDocumentId, int limit, string? memberId, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        return database.ReadAsync<IReadOnlyList<DocumentHead>>(
            async (connection, token) =>
            {
                var rows = await connection.QueryAsync<DocumentRow>(new CommandDefinition(
                    ListSql, new { afterDocumentId, limit, memberId, none = (short)MemberRole.None }, cancellationToken: token));
                return [.. rows.Select(row => row.ToHead())];
            },
            cancellationToken);
    }
}
