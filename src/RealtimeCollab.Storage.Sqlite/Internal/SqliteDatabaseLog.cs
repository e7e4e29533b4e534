using Microsoft.Extensions.Logging;

namespace RealtimeCollab.Storage.Sqlite.Internal;

/// <summary>What the store logs: counts and causes, never text. Event ids 2001 to 2099; none is used twice.</summary>
internal static partial class SqliteDatabaseLog
{
    [LoggerMessage(2001, LogLevel.Information, "Documents are kept in {Path}.")]
    public static partial void DatabaseOpened(this ILogger logger, string path);

    [LoggerMessage(2002, LogLevel.Information, "Migrated the database to schema version {Version}.")]
    public static partial void Migrated(this ILogger logger, int version);

    [LoggerMessage(2003, LogLevel.Warning, "A transaction of {Writes} writes failed; {Action}.")]
    public static partial void TransactionFailed(this ILogger logger, int writes, string action, Exception cause);

    [LoggerMessage(2004, LogLevel.Error, "The connection for writing could not be opened again; the next write tries once more.")]
    public static partial void ReopenFailed(this ILogger logger, Exception cause);

    [LoggerMessage(2005, LogLevel.Warning, "A transaction could not be rolled back; the connection is opened again.")]
    public static partial void RollbackFailed(this ILogger logger, Exception cause);

    [LoggerMessage(2006, LogLevel.Warning, "Operations of a deleted document could not be removed; nobody sees them, and the next start removes them.")]
    public static partial void PurgeFailed(this ILogger logger, Exception cause);
}
