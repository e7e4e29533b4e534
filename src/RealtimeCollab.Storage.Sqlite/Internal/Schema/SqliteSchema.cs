using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using RealtimeCollab.Storage.Sqlite.Internal.Connections;

namespace RealtimeCollab.Storage.Sqlite.Internal.Schema;

/// <summary>
/// Brings a database to the schema of this program, forward only. Each migration is an embedded file NNNN_name.sql that is never
/// changed once released. Everything happens in one transaction that begins as a writer, so of two processes one waits and then
/// finds nothing left to do.
/// </summary>
internal static class SqliteSchema
{
    private static readonly string[] Migrations =
        [.. typeof(SqliteSchema).Assembly.GetManifestResourceNames().Where(name => name.EndsWith(".sql", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    public static int Version => Migrations.Length;

    /// <exception cref="NotSupportedException">The database comes from a newer program.</exception>
    public static void Migrate(SqliteConnection connection, TimeProvider time, ILogger logger)
    {
        connection.Run("BEGIN IMMEDIATE");
        try
        {
            connection.Run("CREATE TABLE IF NOT EXISTS schema_versions (version INTEGER PRIMARY KEY, applied_at INTEGER NOT NULL) STRICT");
            var found = connection.ExecuteScalar<int>("SELECT coalesce(max(version), 0) FROM schema_versions");
            if (found > Version)
            {
                throw new NotSupportedException(string.Create(CultureInfo.InvariantCulture,
                    $"The database has schema version {found}, this program knows up to {Version}: it was used by a newer program."));
            }

            for (var version = found + 1; version <= Version; version++)
            {
                connection.Run(Read(Migrations[version - 1]));
                connection.Execute("INSERT INTO schema_versions VALUES (@version, @now)", new { version, now = time.GetUtcNow().ToUnixTimeMilliseconds() });
                logger.Migrated(version);
            }

            connection.Run(DocumentSql.PurgeAll);
            connection.Run("COMMIT");
        }
        catch
        {
            // closing the connection rolls back
            connection.Close();
            throw;
        }
    }

    private static string Read(string resource)
    {
        using var reader = new StreamReader(typeof(SqliteSchema).Assembly.GetManifestResourceStream(resource)!);
        return reader.ReadToEnd();
    }
}
