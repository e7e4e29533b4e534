using Dapper;
using RealtimeCollab.Sessions;
using RealtimeCollab.Sessions.Storage.Access;
using RealtimeCollab.Storage.Sqlite.Internal.Schema;

namespace RealtimeCollab.Storage.Sqlite.Internal.Ports;

internal sealed class SqliteShareLinkStore(SqliteDatabase database) : IShareLinkStore
{
    private const string SelectSql = """
        SELECT l.link_id AS LinkId, d.document_id AS DocumentId, d.incarnation AS Incarnation, l.token_hash AS TokenHash, l.role AS Role,
            l.created_by AS CreatedBy, l.created_at AS CreatedAt, l.expires_at AS ExpiresAt
        FROM share_links AS l JOIN documents AS d ON d.number = l.document
        """;

    private const string AddSql = $"""
        INSERT INTO share_links SELECT number, @LinkId, @TokenHash, @role, @CreatedBy, @createdAt, @expiresAt FROM documents
        WHERE {DocumentSql.IsCurrent}
        ON CONFLICT (document, link_id) DO UPDATE SET link_id = excluded.link_id
        """;

    public async ValueTask AddAsync(ShareLink link, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(link);
        var parameters = new
        {
            documentId = link.DocumentId,
            incarnation = link.Incarnation,
            link.LinkId,
            link.TokenHash,
            role = (long)link.Role,
            link.CreatedBy,
            createdAt = link.CreatedAt.ToUnixTimeMilliseconds(),
            expiresAt = link.ExpiresAt.ToUnixTimeMilliseconds(),
        };
        // a link that is there already is found, and counts, without being changed
        if (await database.Writer.RunAsync(connection => connection.Execute(AddSql, parameters), cancellationToken) == 0)
            throw CollabException.DocumentNotFound(link.DocumentId);
    }

    public ValueTask<IReadOnlyList<ShareLink>> ListAsync(string documentId, string incarnation, CancellationToken cancellationToken) =>
        QueryAsync($"{SelectSql} WHERE l.document = {DocumentSql.Number} ORDER BY l.created_at DESC, l.link_id", new { documentId, incarnation }, cancellationToken);

    public async ValueTask<ShareLink?> FindAsync(string tokenHash, CancellationToken cancellationToken) =>
        await QueryAsync($"{SelectSql} WHERE l.token_hash = @tokenHash", new { tokenHash }, cancellationToken) is [var link] ? link : null;

    public async ValueTask<bool> RemoveAsync(string documentId, string incarnation, string linkId, CancellationToken cancellationToken) =>
        await database.Writer.RunAsync(
            connection => connection.Execute(
                $"DELETE FROM share_links WHERE document = {DocumentSql.Number} AND link_id = @linkId", new { documentId, incarnation, linkId }),
            cancellationToken) > 0;

    private ValueTask<IReadOnlyList<ShareLink>> QueryAsync(string sql, object parameters, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<ShareLink>>(
            reader => [.. reader.Connection.Query<LinkRow>(sql, parameters).Select(row => row.ToLink())], cancellationToken);

    private sealed record LinkRow(
        string LinkId, string DocumentId, string Incarnation, string TokenHash, long Role, string CreatedBy, long CreatedAt, long ExpiresAt)
    {
        public ShareLink ToLink() => new(
            LinkId, DocumentId, Incarnation, TokenHash, (MemberRole)Role, CreatedBy, DateTimeOffset.FromUnixTimeMilliseconds(CreatedAt),
            DateTimeOffset.FromUnixTimeMilliseconds(ExpiresAt));
    }
}
