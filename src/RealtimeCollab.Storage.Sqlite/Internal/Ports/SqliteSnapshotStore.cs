using Dapper;
using Microsoft.Data.Sqlite;
using RealtimeCollab.Sessions.Storage;
using RealtimeCollab.Storage.Sqlite.Internal.Schema;
using RealtimeCollab.Storage.Sqlite.Internal.Writing;

namespace RealtimeCollab.Storage.Sqlite.Internal.Ports;

internal sealed class SqliteSnapshotStore(SqliteDatabase database) : ISnapshotStore
{
    private const string FindSql = $"""
        SELECT s.revision AS Revision, s.created_at AS CreatedAt, s.content AS Content
        FROM snapshots AS s WHERE s.document = (SELECT number FROM documents WHERE {DocumentSql.IsCurrent}) AND s.revision <= @atOrBelow
        ORDER BY s.revision DESC LIMIT 1
        """;

    private const string CompactSql = $"""
        UPDATE documents SET horizon = @horizon
        WHERE {DocumentSql.IsCurrent} AND horizon < @horizon
          AND EXISTS (SELECT 1 FROM snapshots AS s WHERE s.document = number AND s.revision BETWEEN @horizon AND documents.revision)
        RETURNING {DocumentSql.Columns}
        """;

    private const string DropSnapshotsSql = """
        DELETE FROM snapshots WHERE document = @Number AND revision < @Horizon
          AND revision NOT IN (SELECT revision FROM versions WHERE document = @Number)
        """;

    public ValueTask<StoredSnapshot?> FindAsync(
        string documentId, string incarnation, long atOrBelow, CancellationToken cancellationToken) =>
        database.ReadAsync(
            reader => reader.Connection.QuerySingleOrDefault<SnapshotRow>(FindSql, new { documentId, incarnation, atOrBelow }) is { } row
                ? new StoredSnapshot(documentId, incarnation, row.Revision, row.Content, DateTimeOffset.FromUnixTimeMilliseconds(row.CreatedAt))
                : null,
            cancellationToken);

    public async ValueTask SaveAsync(StoredSnapshot snapshot, CancellationToken cancellationToken)
    {
        var content = snapshot.Content.ToArray();
        await database.Writer.RunAsync(connection => Save(connection, snapshot, content), cancellationToken);
    }

    public async ValueTask<long> CompactAsync(
        string documentId, string incarnation, long horizon, CancellationToken cancellationToken)
    {
        var document = await database.Writer.RunAsync(
            connection => Compact(connection, documentId, incarnation, horizon), cancellationToken);
        if (document is null)
            return 0;

        await Purge.RunAsync(database.Writer, document.Number, document.Horizon, cancellationToken);
        return document.Horizon;
    }

    /// <summary>Inside the writer's transaction; the content must stay as it is until then.</summary>
    public static int Save(SqliteConnection connection, StoredSnapshot snapshot, byte[] content) => connection.Execute(
        $"""
        INSERT INTO snapshots SELECT number, @Revision, @createdAt, @content FROM documents WHERE {DocumentSql.IsCurrent}
        ON CONFLICT DO NOTHING
        """,
        new
        {
            documentId = snapshot.DocumentId,
            incarnation = snapshot.Incarnation,
            snapshot.Revision,
            createdAt = snapshot.CreatedAt.ToUnixTimeMilliseconds(),
            content,
        });

    private static DocumentRow? Compact(SqliteConnection connection, string documentId, string incarnation, long horizon)
    {
        var parameters = new { documentId, incarnation, horizon };
        if (connection.QuerySingleOrDefault<DocumentRow>(CompactSql, parameters) is { } moved)
        {
            connection.Execute(DropSnapshotsSql, new { moved.Number, moved.Horizon });
            return moved;
        }

        return connection.QuerySingleOrDefault<DocumentRow>(
            $"SELECT {DocumentSql.Columns} FROM documents WHERE {DocumentSql.IsCurrent}", parameters);
    }

    private sealed record SnapshotRow(long Revision, long CreatedAt, byte[] Content);
}
