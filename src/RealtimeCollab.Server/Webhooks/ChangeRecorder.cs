using Microsoft.Extensions.Logging;
using RealtimeCollab.Server.Configuration;
using RealtimeCollab.Sessions.Storage.Webhooks;

namespace RealtimeCollab.Server.Webhooks;

/// <summary>Looks once a second which documents have come to rest, and once in a while what lies in the outbox for too long.</summary>
internal sealed class ChangeRecorder(
    IReadOnlyCollection<string> endpoints, IWebhookOutbox outbox, WebhookOptions options, WebhookMetrics metrics, TimeProvider time, ILogger logger)
{
    private const int DocumentsAtOnce = 200;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Upkeep = TimeSpan.FromSeconds(30);

    /// <summary>No node has served an endpoint for so long: it is configured no more.</summary>
    private static readonly TimeSpan Stray = TimeSpan.FromDays(1);

    /// <summary>Until the server stops.</summary>
    public Task RunAsync(CancellationToken stopping) =>
        Task.WhenAll(RepeatAsync(Interval, RecordChangesAsync, stopping), RepeatAsync(Upkeep, LookAfterAsync, stopping));

    private async Task RecordChangesAsync(CancellationToken stopping)
    {
        int recorded;
        do
        {
            var now = time.GetUtcNow();
            recorded = await outbox.RecordChangesAsync(now - options.QuietTime, now - options.LongestTime, DocumentsAtOnce, stopping);
        }
        while (recorded == DocumentsAtOnce);
    }

    private async Task LookAfterAsync(CancellationToken stopping)
    {
        var now = time.GetUtcNow();
        await outbox.BuryStrayAsync(endpoints, now - Stray, now, "no such endpoint", stopping);
        await outbox.DropAsync(new DeadLetters { DeadBefore = now - options.KeepDeadLetters }, stopping);
        metrics.Measured(await outbox.MeasureAsync(stopping));
    }

    private async Task RepeatAsync(TimeSpan interval, Func<CancellationToken, Task> work, CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(interval, time);
        do
        {
            try
            {
                await work(stopping);
            }
            catch (Exception failure) when (!stopping.IsCancellationRequested)
            {
                // the next run does what this one left
                WebhookLog.OutboxFailed(logger, failure);
            }
        }
        while (await timer.WaitForNextTickAsync(stopping));
    }
}
