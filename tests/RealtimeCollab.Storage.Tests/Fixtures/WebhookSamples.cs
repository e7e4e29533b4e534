using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using RealtimeCollab.Sessions.Storage.Webhooks;
using static RealtimeCollab.Storage.Tests.Samples;

namespace RealtimeCollab.Storage.Tests;

/// <summary>Endpoints, and what they are told.</summary>
internal static class WebhookSamples
{
    /// <summary>Later than anything is due, and earlier than any claim here ends.</summary>
    public static readonly DateTimeOffset Later = Noon.AddDays(10);

    public static string NewEndpoint() => "endpoint-" + RandomNumberGenerator.GetHexString(8, lowercase: true);

    public static WebhookSubscriptions To(string endpoint, params WebhookEventType[] types) => new([KeyValuePair.Create<string, IReadOnlyCollection<WebhookEventType>>(endpoint, types)]);

    /// <summary>A store that tells an endpoint of these events.</summary>
    public static ValueTask<TestStore> OpenAsync(this StoreFixture fixture, string endpoint, params WebhookEventType[] types) =>
        fixture.OpenAsync(services => services.AddSingleton(To(endpoint, types)));

    /// <summary>Claims everything that waits for an endpoint.</summary>
    public static ValueTask<IReadOnlyList<WebhookDelivery>> TakeAsync(this TestStore store, string endpoint) =>
        store.Outbox.ClaimAsync(endpoint, Later, Later.AddDays(1), 1000, Cancellation);

    /// <summary>The only event that waits for an endpoint.</summary>
    public static async Task<WebhookEvent> TakeOneAsync(this TestStore store, string endpoint) => Assert.Single(await store.TakeAsync(endpoint)).Event;
}
