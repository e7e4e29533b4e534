using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RealtimeCollab.Server.Identity;

namespace RealtimeCollab.Server.Followers;

/// <summary>Says at the start that event addresses end with the process, where they do.</summary>
internal sealed partial class EventsKeyWarning(SigningKey key, ILogger<EventsKeyWarning> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (!key.IsSecretShared)
            NotShared(logger);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(ServerEventIds.EventsKeyNotShared, LogLevel.Warning, "Addresses of event streams count on this node until it stops, as RealtimeCollab:Auth:EventsKey is not set.")]
    private static partial void NotShared(ILogger logger);
}
