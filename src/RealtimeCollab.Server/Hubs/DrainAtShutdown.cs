using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RealtimeCollab.Server.Followers;
using RealtimeCollab.Sessions.Chat;
using RealtimeCollab.Sessions.Documents;

namespace RealtimeCollab.Server.Hubs;

/// <summary>
/// Sees submitted operations and messages through when the server stops, while connections are still open and can hear of it.
/// </summary>
internal sealed partial class DrainAtShutdown(
    DocumentSessions sessions, ChatRooms rooms, FollowerRegistry followers, ILogger<DrainAtShutdown> logger) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        DrainBegan(logger, sessions.Count, rooms.Count);
        await Task.WhenAll(sessions.DrainAsync(), rooms.DrainAsync()).WaitAsync(cancellationToken);
        // now that the last edit was told to them
        followers.Drain();
        DrainEnded(logger);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(ServerEventIds.DrainBegan, LogLevel.Information, "Stopping: {Documents} open documents and {Rooms} open rooms finish what was submitted.")]
    private static partial void DrainBegan(ILogger logger, int documents, int rooms);

    [LoggerMessage(ServerEventIds.DrainEnded, LogLevel.Information, "Everything submitted is committed or answered.")]
    private static partial void DrainEnded(ILogger logger);
}
