using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RealtimeCollab.Sessions.PersonalData;

namespace RealtimeCollab.Server.PersonalData;

/// <summary>Runs <see cref="Retention"/> at the start and then again and again, if anything is not kept for ever.</summary>
internal sealed partial class RetentionService(
    IServiceProvider services, RetentionOptions options, TimeProvider time, ILogger<RetentionService> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options is { Chat: null, Notifications: null })
            return;
        // made here, because a store need not have what it takes as long as nobody asks for retention
        var retention = services.GetRequiredService<Retention>();
        using var timer = new PeriodicTimer(options.Interval, time);
        do
        {
            try
            {
                await retention.RunAsync(stoppingToken);
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                // an exception that left would stop the host; the next run does what this one left
                Failed(logger, failure);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(ServerEventIds.RetentionFailed, LogLevel.Warning, "What is due could not be let go; the next run will.")]
    private static partial void Failed(ILogger logger, Exception exception);
}
