using Dapper;
using Npgsql;
using RealtimeCollab.Sessions.Storage;
using RealtimeCollab.Storage.PostgreSql.Internal.Schema;
using RealtimeCollab.Storage.PostgreSql.Internal.Writing;

namespace RealtimeCollab.Storage.PostgreSql.Internal.Ports;

internal sealed class PostgreSqlSnapshotStore(PostgreSqlDatabase database) : ISnapshotStore
{
    private const string FindSql = $"""
        SELECT s.revision AS Revision, s.created_at AS CreatedAt, s.content AS Content
        FROM realtimecollab.documents AS d JOIN realtimecollab.snapshots AS s ON s.document = d.number
        WHERE {DocumentSql.IsCurrent} AND s.revision <= @atOrBelow
        ORDER BY s.revision DESC LIMIT 1
        """;

    private const string SaveSql = $"""
        INSERT INTO realtimecollab.snapshots (document, revision, created_at, content)
        SELECT d.number, @Revision, @createdAt, @content FROM realtimecollab.documents AS d WHERE {DocumentSql.IsCurrent} FOR SHARE
        ON CONFLICT DO NOTHING
        """;

    private const string CompactSql = $"""
        WITH d AS (
            UPDATE realtimecollab.documents AS d SET horizon = @horizon
            WHERE {DocumentSql.IsCurrent} AND d.horizon < @horizon AND EXISTS (
                SELECT FROM realtimecollab.snapshots AS s WHERE s.document = d.number AND s.revision BETWEEN @horizon AND d.revision)
            RETURNING *
        ), dropped AS (
            DELETE FROM realtimecollab.snapshots AS s USING d
            WHERE s.document = d.number AND s.revision < d.horizon AND NOT EXISTS (
                SELECT FROM realtimecollab.versions AS v WHERE v.document = s.document AND v.revision = s.revision)
        )
        SELECT {DocumentSql.Columns} FROM d
        """;

    public ValueTask<StoredSnapshot?> FindAsync(
        string documentId, string incarnation, long atOrBelow, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async (connection, token) =>
                await connection.QuerySingleOrDefaultAsync<SnapshotRow>(new CommandDefinition(
                    FindSql, new { documentId, incarnation, atOrBelow }, cancellationToken: token)) is { } row
                    ? new StoredSnapshot(documentId, incarnation, row.Revision, row.Content, new DateTimeOffset(row.CreatedAt))
                    : null,
            cancellationToken);

    public async ValueTask SaveAsync(StoredSnapshot snapshot, CancellationToken cancellationToken)
    {
        var content = snapshot.Content.ToArray();
        await database.WriteAsync(
            (connection, token) => connection.ExecuteAsync(new CommandDefinition(
                SaveSql,
                new
                {
                    documentId = snapshot.DocumentId,
                    incarnation = snapshot.Incarnation,
                    snapshot.Revision,
                    createdAt = snapshot.CreatedAt.UtcDateTime,
                    content,
                },
                cancellationToken: token)),
            cancellationToken);
    }

    public async ValueTask<long> CompactAsync(
        string documentId, string incarnation, long horizon, CancellationToken cancellationToken)
    {
        var document = await database.WriteAsync(
            (connection, token) => CompactAsync(connection, documentId, incarnation, horizon, token), cancellationToken);
        if (document is null)
            return 0;

        await Purge.RunAsync(database, document.Number, document.Horizon, cancellationToken);
        return document.Horizon;
    }

    private static async Task<DocumentRow?> CompactAsync(
        NpgsqlConnection connection, string documentId, string incarnation, long horizon, CancellationToken cancellationToken) =>
        await LockedCommand.ExecuteAsync(connection, CompactSql, new { documentId, incarnation, horizon }, cancellationToken)
        ?? await connection.QuerySingleOrDefaultAsync<DocumentRow>(new CommandDefinition(
            $"SELECT {DocumentSql.Columns} FROM realtimecollab.documents AS d WHERE {DocumentSql.IsCurrent}",
            new { documentId, incarnation },
            cancellationToken: cancellationToken));

    private sealed record SnapshotRow(long Revision, DateTime CreatedAt, byte[] Content);
}
