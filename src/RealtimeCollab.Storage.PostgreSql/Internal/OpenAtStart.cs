using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace RealtimeCollab.Storage.PostgreSql.Internal;

/// <summary>Makes a host that cannot open its database fail at its start: to need the database is to open it.</summary>
internal sealed class OpenAtStart(PostgreSqlDatabase database, ILogger<PostgreSqlDatabase> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        logger.DatabaseOpened(database.Name);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
