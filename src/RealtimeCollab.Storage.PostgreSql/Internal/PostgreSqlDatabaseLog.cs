using Microsoft.Extensions.Logging;

namespace RealtimeCollab.Storage.PostgreSql.Internal;

/// <summary>What the store logs: counts and causes, never text. Event ids 2101 to 2199; none is used twice.</summary>
internal static partial class PostgreSqlDatabaseLog
{
    [LoggerMessage(2101, LogLevel.Information, "Documents are kept in {Database}.")]
    public static partial void DatabaseOpened(this ILogger logger, string database);

    [LoggerMessage(2102, LogLevel.Information, "Migrated the database to schema version {Version}.")]
    public static partial void Migrated(this ILogger logger, int version);

    [LoggerMessage(2103, LogLevel.Warning, "A transaction of {Batches} batches failed; {Action}.")]
    public static partial void TransactionFailed(this ILogger logger, int batches, string action, Exception cause);

    [LoggerMessage(2104, LogLevel.Warning, "Operations of a deleted document could not be removed; nobody sees them, and the next start removes them.")]
    public static partial void PurgeFailed(this ILogger logger, Exception cause);
}
