using Dapper;
using Microsoft.Data.Sqlite;
using RealtimeCollab.Sessions;
using RealtimeCollab.Sessions.Storage;
using RealtimeCollab.Storage.Sqlite.Internal.Schema;

namespace RealtimeCollab.Storage.Sqlite.Internal.Ports;

internal sealed class SqliteVersionStore(SqliteDatabase database) : IVersionStore
{
    private const string ListSql = $"""
        SELECT v.version_id AS VersionId, v.revision AS Revision, v.name AS Name, v.created_by AS CreatedBy, v.created_at AS CreatedAt
        FROM versions AS v WHERE v.document = (SELECT number FROM documents WHERE {DocumentSql.IsCurrent})
        ORDER BY v.revision DESC, v.version_id
        """;

    public async ValueTask AddAsync(NamedVersion version, StoredSnapshot snapshot, CancellationToken cancellationToken)
    {
        version.ThrowIfNotOf(snapshot);
        var content = snapshot.Content.ToArray();
        await database.Writer.RunAsync(connection => Add(connection, version, snapshot, content), cancellationToken);
    }

    public ValueTask<IReadOnlyList<NamedVersion>> ListAsync(
        string documentId, string incarnation, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<NamedVersion>>(
            reader =>
            [
                .. reader.Connection.Query<VersionRow>(ListSql, new { documentId, incarnation }).Select(row => new NamedVersion(
                    row.VersionId, documentId, incarnation, row.Revision, row.Name, row.CreatedBy, DateTimeOffset.FromUnixTimeMilliseconds(row.CreatedAt))),
            ],
            cancellationToken);

    private static bool Add(SqliteConnection connection, NamedVersion version, StoredSnapshot snapshot, byte[] content)
    {
        var number = connection.QuerySingleOrDefault<long?>(
            $"SELECT number FROM documents WHERE {DocumentSql.IsCurrent}",
            new { documentId = version.DocumentId, incarnation = version.Incarnation })
            ?? throw CollabException.DocumentNotFound(version.DocumentId);

        var added = connection.Execute(
            "INSERT INTO versions VALUES (@number, @VersionId, @Revision, @Name, @CreatedBy, @createdAt) ON CONFLICT DO NOTHING",
            new { number, version.VersionId, version.Revision, version.Name, version.CreatedBy, createdAt = version.CreatedAt.ToUnixTimeMilliseconds() });
        if (added > 0)
            SqliteSnapshotStore.Save(connection, snapshot, content);
        return added > 0;
    }

    private sealed record VersionRow(string VersionId, long Revision, string Name, string CreatedBy, long CreatedAt);
}
