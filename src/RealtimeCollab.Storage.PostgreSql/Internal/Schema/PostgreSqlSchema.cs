using System.Globalization;
using Dapper;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace RealtimeCollab.Storage.PostgreSql.Internal.Schema;

/// <summary>
/// Brings a database to the schema of this program, forward only. Each migration is an embedded file NNNN_name.sql that is never
/// changed once released. Everything happens in one transaction under an advisory lock, so of two nodes one waits and then finds
/// nothing left to do.
/// </summary>
internal static class PostgreSqlSchema
{
    // "rtcollab" as a number
    private const long LockKey = 0x7274636F6C6C6162;

    private static readonly string[] Migrations =
        [.. typeof(PostgreSqlSchema).Assembly.GetManifestResourceNames().Where(name => name.EndsWith(".sql", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    public static int Version => Migrations.Length;

    /// <exception cref="NotSupportedException">The database comes from a newer program.</exception>
    public static void Migrate(NpgsqlConnection connection, TimeProvider time, ILogger logger)
    {
        using var transaction = connection.BeginTransaction();
        connection.Execute("SELECT pg_advisory_xact_lock(@LockKey)", new { LockKey });
        connection.Execute("""
            CREATE SCHEMA IF NOT EXISTS realtimecollab;
            CREATE TABLE IF NOT EXISTS realtimecollab.schema_versions (version integer PRIMARY KEY, applied_at timestamptz NOT NULL)
            """);
        var found = connection.ExecuteScalar<int>("SELECT coalesce(max(version), 0) FROM realtimecollab.schema_versions");
        if (found > Version)
        {
            throw new NotSupportedException(string.Create(CultureInfo.InvariantCulture,
                $"The database has schema version {found}, this program knows up to {Version}: it was used by a newer program."));
        }

        for (var version = found + 1; version <= Version; version++)
        {
            connection.Execute(Read(Migrations[version - 1]));
            connection.Execute("INSERT INTO realtimecollab.schema_versions VALUES (@version, @now)", new { version, now = time.GetUtcNow() });
            logger.Migrated(version);
        }

        PurgeLeftovers(connection);
        transaction.Commit();
    }

    /// <summary>What a node left that was killed between moving a horizon and removing what lies below it.</summary>
    private static void PurgeLeftovers(NpgsqlConnection connection)
    {
        // the limit makes it one look into the index per document
        var leftovers = connection.Query<(long Number, long Horizon)>("""
            SELECT d.number, d.horizon FROM realtimecollab.documents AS d CROSS JOIN LATERAL (
                SELECT FROM realtimecollab.operations AS o WHERE o.document = d.number AND o.revision <= d.horizon LIMIT 1) AS leftover
            WHERE d.horizon > 0
            """);
        connection.Execute(DocumentSql.Purge, leftovers.Select(document => new { number = document.Number, horizon = document.Horizon }));
    }

    private static string Read(string resource)
    {
        using var reader = new StreamReader(typeof(PostgreSqlSchema).Assembly.GetManifestResourceStream(resource)!);
        return reader.ReadToEnd();
    }
}
