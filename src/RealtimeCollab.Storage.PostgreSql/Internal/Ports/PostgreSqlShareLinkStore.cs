using Dapper;
using RealtimeCollab.Sessions;
using RealtimeCollab.Sessions.Storage.Access;
using RealtimeCollab.Storage.PostgreSql.Internal.Schema;

namespace RealtimeCollab.Storage.PostgreSql.Internal.Ports;

internal sealed class PostgreSqlShareLinkStore(PostgreSqlDatabase database) : IShareLinkStore
{
    private const string SelectSql = """
        SELECT l.link_id AS LinkId, d.document_id AS DocumentId, d.incarnation AS Incarnation, l.token_hash AS TokenHash, l.role AS Role,
            l.created_by AS CreatedBy, l.created_at AS CreatedAt, l.expires_at AS ExpiresAt
        FROM realtimecollab.share_links AS l JOIN realtimecollab.documents AS d ON d.number = l.document
        """;

    // the row stays locked until the link is there, or a deletion could come in between
    private const string AddSql = $"""
        WITH d AS (
            SELECT d.number FROM realtimecollab.documents AS d WHERE {DocumentSql.IsCurrent} FOR SHARE
        ), kept AS (
            INSERT INTO realtimecollab.share_links (document, link_id, token_hash, role, created_by, created_at, expires_at)
            SELECT d.number, @LinkId, @TokenHash, @role, @CreatedBy, @createdAt, @expiresAt FROM d
            ON CONFLICT (document, link_id) DO NOTHING
        )
        SELECT EXISTS (SELECT FROM d)
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
            role = (short)link.Role,
            link.CreatedBy,
            createdAt = link.CreatedAt.UtcDateTime,
            expiresAt = link.ExpiresAt.UtcDateTime,
        };
        var exists = await database.WriteAsync(
            (connection, token) => connection.ExecuteScalarAsync<bool>(new CommandDefinition(AddSql, parameters, cancellationToken: token)),
            cancellationToken);
        if (!exists)
            throw CollabException.DocumentNotFound(link.DocumentId);
    }

    public ValueTask<IReadOnlyList<ShareLink>> ListAsync(string documentId, string incarnation, CancellationToken cancellationToken) =>
        QueryAsync($"{SelectSql} WHERE {DocumentSql.IsCurrent} ORDER BY l.created_at DESC, l.link_id", new { documentId, incarnation }, cancellationToken);

    public async ValueTask<ShareLink?> FindAsync(string tokenHash, CancellationToken cancellationToken) =>
        await QueryAsync($"{SelectSql} WHERE l.token_hash = @tokenHash AND d.deleted_at IS NULL", new { tokenHash }, cancellationToken) is [var link] ? link : null;

    public async ValueTask<bool> RemoveAsync(string documentId, string incarnation, string linkId, CancellationToken cancellationToken) =>
        await database.WriteAsync(
            (connection, token) => connection.ExecuteAsync(new CommandDefinition(
                $"""
                DELETE FROM realtimecollab.share_links AS l USING realtimecollab.documents AS d
                WHERE {DocumentSql.IsCurrent} AND l.document = d.number AND l.link_id = @linkId
                """,
                new { documentId, incarnation, linkId },
                cancellationToken: token)),
            cancellationToken) > 0;

    private ValueTask<IReadOnlyList<ShareLink>> QueryAsync(string sql, object parameters, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<ShareLink>>(
            async (connection, token) =>
            [
                .. (await connection.QueryAsync<LinkRow>(new CommandDefinition(sql, parameters, cancellationToken: token))).Select(row => row.ToLink()),
            ],
            cancellationToken);

    private sealed record LinkRow(
        string LinkId, string DocumentId, string Incarnation, string TokenHash, short Role, string CreatedBy, DateTime CreatedAt, DateTime ExpiresAt)
    {
        public ShareLink ToLink() => new(
            LinkId, DocumentId, Incarnation, TokenHash, (MemberRole)Role, CreatedBy, new DateTimeOffset(CreatedAt),
            new DateTimeOffset(ExpiresAt));
    }
}
