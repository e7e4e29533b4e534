using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using RealtimeCollab.Server.Configuration;
using RealtimeCollab.Sessions.Storage.Webhooks;

namespace RealtimeCollab.Server.Webhooks;

/// <summary>Adds what tells endpoints over HTTP what happens.</summary>
internal static class WebhookRegistration
{
    public static IServiceCollection AddWebhooks(this IServiceCollection services)
    {
        services.TryAddSingleton(provider => OptionsOf(provider));
        services.TryAddSingleton(provider => WebhookEndpoint.SubscriptionsOf(OptionsOf(provider)));
        services.TryAddSingleton<IWebhookOutbox>(_ => throw RealtimeCollabServiceCollectionExtensions.NoStore());
        services.TryAddSingleton<WebhookMetrics>();
        services.TryAddSingleton<WebhookSender>();
        services.TryAddSingleton<DeadLetterApi>();
        services.AddHostedService<WebhookService>();
        services.AddHttpClient(WebhookSender.ClientName)
            .ConfigureHttpClient(client => client.Timeout = Timeout.InfiniteTimeSpan)
            .ConfigurePrimaryHttpMessageHandler(CreateHandler)
            // they would write down addresses, which may hold secrets
            .RemoveAllLoggers();
        return services;
    }

    /// <summary>An endpoint gets what it is sent and nothing else: no redirects to elsewhere, no cookies, and its answer is not read.</summary>
    private static SocketsHttpHandler CreateHandler() => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        MaxResponseHeadersLength = 16,
        MaxResponseDrainSize = WebhookSender.MaxAnswerBytes,
        ResponseDrainTimeout = TimeSpan.FromSeconds(1),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    };

    private static WebhookOptions OptionsOf(IServiceProvider provider) => provider.GetRequiredService<IOptions<RealtimeCollabOptions>>().Value.Webhooks;
}
