using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using RealtimeCollab.Server.Configuration;
using RealtimeCollab.Sessions.Storage.Webhooks;

namespace RealtimeCollab.Server.Webhooks;

/// <summary>Tells the configured endpoints what happens; without any it does nothing.</summary>
internal sealed class WebhookService(
    IServiceProvider services, IOptions<RealtimeCollabOptions> options, WebhookMetrics metrics, TimeProvider time, ILogger<WebhookService> logger)
    : BackgroundService
{
    private readonly WebhookOptions _options = options.Value.Webhooks;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var endpoints = WebhookEndpoint.From(_options);
        if (endpoints.Count == 0)
            return;
        // made here, because a store need not have an outbox as long as nobody is told anything
        var (outbox, sender) = (services.GetRequiredService<IWebhookOutbox>(), services.GetRequiredService<WebhookSender>());
        var chance = new Random(RandomNumberGenerator.GetInt32(int.MaxValue));
        var recorder = new ChangeRecorder([.. endpoints.Select(endpoint => endpoint.Name)], outbox, _options, metrics, time, logger);
        try
        {
            await Task.WhenAll(
            [
                recorder.RunAsync(stoppingToken),
                .. endpoints.Select(DeliverAsync),
            ]);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // the end
        }

        async Task DeliverAsync(WebhookEndpoint endpoint)
        {
            using var delivery = new EndpointDelivery(endpoint, outbox, sender, _options, metrics, chance, time, logger);
            await delivery.RunAsync(stoppingToken);
        }
    }
}
