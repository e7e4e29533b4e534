using Dapper;
using RealtimeCollab.Sessions;
using RealtimeCollab.Sessions.Storage;
using RealtimeCollab.Storage.PostgreSql.Internal.Schema;

namespace RealtimeCollab.Storage.PostgreSql.Internal.Ports;

internal sealed class PostgreSqlVersionStore(PostgreSqlDatabase database) : IVersionStore
{
    private const string ListSql = $"""
        SELECT v.version_id AS VersionId, v.revision AS Revision, v.name AS Name, v.created_by AS CreatedBy, v.created_at AS CreatedAt
        FROM realtimecollab.documents AS d JOIN realtimecollab.versions AS v ON v.document = d.number
        WHERE {DocumentSql.IsCurrent}
        ORDER BY v.revision DESC, v.version_id
        """;

    // the row stays locked until version and snapshot are there, or a deletion could come in between
    private const string AddSql = $"""
        WITH d AS (
            SELECT d.number FROM realtimecollab.documents AS d WHERE {DocumentSql.IsCurrent} FOR SHARE
        ), named AS (
            INSERT INTO realtimecollab.versions (document, version_id, revision, name, created_by, created_at)
            SELECT d.number, @VersionId, @Revision, @Name, @CreatedBy, @createdAt FROM d
            ON CONFLICT DO NOTHING
            RETURNING document
        ), kept AS (
            INSERT INTO realtimecollab.snapshots (document, revision, created_at, content)
            SELECT named.document, @Revision, @snapshotAt, @content FROM named
            ON CONFLICT DO NOTHING
        )
        SELECT EXISTS (SELECT FROM d)
        """;

    public async ValueTask AddAsync(NamedVersion version, StoredSnapshot snapshot, CancellationToken cancellationToken)
    {
        version.ThrowIfNotOf(snapshot);
        var parameters = new
        {
            documentId = version.DocumentId,
            incarnation = version.Incarnation,
            version.VersionId,
            version.Revision,
            version.Name,
            version.CreatedBy,
            createdAt = version.CreatedAt.UtcDateTime,
            snapshotAt = snapshot.CreatedAt.UtcDateTime,
            content = snapshot.Content.ToArray(),
        };
        var exists = await database.WriteAsync(
            (connection, token) => connection.ExecuteScalarAsync<bool>(new CommandDefinition(AddSql, parameters, cancellationToken: token)),
            cancellationToken);
        if (!exists)
            throw CollabException.DocumentNotFound(version.DocumentId);
    }

    public ValueTask<IReadOnlyList<NamedVersion>> ListAsync(
        string documentId, string incarnation, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<NamedVersion>>(
            async (connection, token) =>
            {
                var rows = await connection.QueryAsync<VersionRow>(new CommandDefinition(
                    ListSql, new { documentId, incarnation }, cancellationToken: token));
                return
                [
                    .. rows.Select(row => new NamedVersion(
                        row.VersionId, documentId, incarnation, row.Revision, row.Name, row.CreatedBy, new DateTimeOffset(row.CreatedAt))),
                ];
            },
            cancellationToken);

    private sealed record VersionRow(string VersionId, long Revision, string Name, string CreatedBy, DateTime CreatedAt);
}
