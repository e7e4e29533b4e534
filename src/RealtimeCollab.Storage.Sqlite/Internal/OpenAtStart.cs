using Microsoft.Extensions.Hosting;

namespace RealtimeCollab.Storage.Sqlite.Internal;

/// <summary>Makes a host that cannot open its database fail at its start: to need the database is to open it.</summary>
internal sealed class OpenAtStart(SqliteDatabase database, Microsoft.Extensions.Logging.ILogger<SqliteDatabase> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        logger.DatabaseOpened(database.Path);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
