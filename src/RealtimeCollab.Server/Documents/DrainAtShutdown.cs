using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RealtimeCollab.Sessions.Documents;

namespace RealtimeCollab.Server.Documents;

/// <summary>
/// Sees submitted operations through when the server stops, while connections are still open and can hear of it.
/// </summary>
internal sealed partial class DrainAtShutdown(DocumentSessions sessions, ILogger<DrainAtShutdown> logger) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        DrainBegan(logger, sessions.Count);
        await sessions.DrainAsync().WaitAsync(cancellationToken);
        DrainEnded(logger);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(ServerEventIds.DrainBegan, LogLevel.Information, "Stopping: {Documents} open documents finish what was submitted.")]
    private static partial void DrainBegan(ILogger logger, int documents);

    [LoggerMessage(ServerEventIds.DrainEnded, LogLevel.Information, "Everything submitted is committed or answered.")]
    private static partial void DrainEnded(ILogger logger);
}
