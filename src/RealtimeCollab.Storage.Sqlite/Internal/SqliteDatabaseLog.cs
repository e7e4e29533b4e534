using Microsoft.Extensions.Logging;

namespace RealtimeCollab.Storage.Sqlite.Internal;

internal static partial class SqliteDatabaseLog
{
    [LoggerMessage(1, LogLevel.Information, "Documents are kept in {Path}.")]
    public static partial void DatabaseOpened(this ILogger logger, string path);

    [LoggerMessage(2, LogLevel.Information, "Migrated the database to schema version {Version}.")]
    public static partial void Migrated(this ILogger logger, int version);

    [LoggerMessage(3, LogLevel.Warning, "A transaction of {Writes} writes failed; {Action}.")]
    public static partial void TransactionFailed(this ILogger logger, int writes, string action, Exception cause);

    [LoggerMessage(4, LogLevel.Error, "The connection for writing could not be opened again; the next write tries once more.")]
    public static partial void ReopenFailed(this ILogger logger, Exception cause);
}
