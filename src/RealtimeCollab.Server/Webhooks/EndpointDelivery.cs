using Microsoft.Extensions.Logging;
using RealtimeCollab.Server.Configuration;
using RealtimeCollab.Sessions.Storage.Webhooks;

namespace RealtimeCollab.Server.Webhooks;

/// <summary>
/// Tells one endpoint what waits for it, a few requests at a time. Each endpoint has its own, so that one that does not answer delays no
/// other. Nodes share the outbox: what is claimed and not brought to an end in time is due again, for whoever comes first.
/// </summary>
internal sealed class EndpointDelivery(
    WebhookEndpoint endpoint,
    IWebhookOutbox outbox,
    WebhookSender sender,
    WebhookOptions options,
    WebhookMetrics metrics,
    Random chance,
    TimeProvider time,
    ILogger logger) : IDisposable
{
    /// <summary>How often it is looked what is due.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>Beyond the attempt: to write down what became of it.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(10);

    private readonly RetrySchedule _schedule = new(options, chance);
    private readonly SemaphoreSlim _slots = new(options.Concurrency);

    /// <summary>Until the server stops; then attempts that are under way end, and are due again at once.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            do
                await DeliverDueAsync(stopping);
            while (await timer.WaitForNextTickAsync(stopping));
        }
        finally
        {
            for (var slot = 0; slot < options.Concurrency; slot++)
                await _slots.WaitAsync(CancellationToken.None);
        }
    }

    public void Dispose() => _slots.Dispose();

    /// <summary>As long as there is as much due as can be taken.</summary>
    private async Task DeliverDueAsync(CancellationToken stopping)
    {
        int free, claimed;
        do
        {
            await _slots.WaitAsync(stopping);
            for (free = 1; _slots.Wait(0, CancellationToken.None); free++)
            {
            }

            var due = await ClaimAsync(free, stopping);
            claimed = due.Count;
            if (claimed < free)
                _slots.Release(free - claimed);
            foreach (var delivery in due)
                _ = AttemptAsync(delivery, stopping);
        }
        while (claimed == free);
    }

    private async Task<IReadOnlyList<WebhookDelivery>> ClaimAsync(int limit, CancellationToken stopping)
    {
        try
        {
            var now = time.GetUtcNow();
            return await outbox.ClaimAsync(endpoint.Name, now, now + options.AttemptTimeout + Margin, limit, stopping);
        }
        catch (Exception failure) when (!stopping.IsCancellationRequested)
        {
            // the next look finds what this one did not
            WebhookLog.OutboxFailed(logger, failure);
            return [];
        }
        catch
        {
            return [];
        }
    }

    /// <summary>Never fails: what goes wrong leaves the claim to end by itself.</summary>
    private async Task AttemptAsync(WebhookDelivery delivery, CancellationToken stopping)
    {
        try
        {
            await RecordAsync(delivery, await SendAsync(delivery, stopping));
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            await GiveBackAsync(delivery);
        }
        catch (Exception failure)
        {
            WebhookLog.OutboxFailed(logger, failure);
        }
        finally
        {
            _slots.Release();
        }
    }

    /// <summary>
    /// What goes wrong in a way that nobody foresaw, such as in a handler of the application's own, is a failed attempt like any other. Its text is not logged:
    /// it may hold the address.
    /// </summary>
    private async Task<WebhookAnswer> SendAsync(WebhookDelivery delivery, CancellationToken stopping)
    {
        try
        {
            return await sender.SendAsync(endpoint, delivery.Event, stopping);
        }
        catch (Exception failure) when (!stopping.IsCancellationRequested)
        {
            return WebhookAnswer.Failed(failure.GetType().Name);
        }
    }

    private async Task RecordAsync(WebhookDelivery delivery, WebhookAnswer answer)
    {
        if (answer.Failure is not { } failure)
        {
            await outbox.CompleteAsync(delivery.Number, CancellationToken.None);
            metrics.Delivered(endpoint.Name);
            WebhookLog.Delivered(logger, delivery.Event.EventId, endpoint.Name, delivery.Attempts);
            return;
        }

        metrics.Failed(endpoint.Name);
        if (answer.IsFinal || _schedule.IsLast(delivery.Attempts))
        {
            if (await outbox.BuryAsync(delivery, time.GetUtcNow(), failure, CancellationToken.None))
            {
                metrics.Died(endpoint.Name);
                WebhookLog.GivenUp(logger, delivery.Event.EventId, endpoint.Name, delivery.Attempts, failure);
            }

            return;
        }

        var delay = _schedule.DelayAfter(delivery.Attempts, answer.RetryAfter);
        await outbox.PostponeAsync(delivery, time.GetUtcNow() + delay, failure, CancellationToken.None);
        WebhookLog.AttemptFailed(logger, delivery.Event.EventId, endpoint.Name, delivery.Attempts, failure, delay.TotalSeconds);
    }

    private async Task GiveBackAsync(WebhookDelivery delivery)
    {
        try
        {
            await outbox.PostponeAsync(delivery, time.GetUtcNow(), "stopped", CancellationToken.None);
        }
        catch (Exception failure)
        {
            WebhookLog.OutboxFailed(logger, failure);
        }
    }
}
