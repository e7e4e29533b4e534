using RealtimeCollab.Server.Configuration;
using RealtimeCollab.Sessions.Storage.Webhooks;

namespace RealtimeCollab.Server.Webhooks;

/// <summary>An endpoint that is told what happens.</summary>
/// <param name="Name">Under which its events are kept.</param>
/// <param name="Url">Where it is.</param>
/// <param name="Secrets">One, or two while it learns a new one.</param>
/// <param name="Events">What it is told of.</param>
internal sealed record WebhookEndpoint(string Name, Uri Url, IReadOnlyList<WebhookSecret> Secrets, IReadOnlyCollection<WebhookEventType> Events)
{
    /// <summary>From settings that were checked.</summary>
    public static IReadOnlyList<WebhookEndpoint> From(WebhookOptions options) =>
        [.. options.Endpoints.Select(endpoint => From(endpoint.Key.ToLowerInvariant(), endpoint.Value))];

    /// <summary>What stores record for these endpoints.</summary>
    public static WebhookSubscriptions SubscriptionsOf(WebhookOptions options) =>
        new(From(options).Select(endpoint => KeyValuePair.Create(endpoint.Name, endpoint.Events)));

    private static WebhookEndpoint From(string name, WebhookEndpointOptions options)
    {
        IEnumerable<string> events = options.Events.Count == 0 ? WebhookEventNames.All : options.Events;
        IEnumerable<string?> secrets = [options.Secret, options.OtherSecret];
        return new WebhookEndpoint(name, new Uri(options.Url), [.. secrets.OfType<string>().Select(Parse)], [.. events.Select(TypeOf).Distinct()]);
    }

    private static WebhookSecret Parse(string secret) =>
        WebhookSecret.TryParse(secret, out var parsed) ? parsed : throw new InvalidOperationException($"A secret is not {WebhookSecret.Form}.");

    private static WebhookEventType TypeOf(string name) =>
        WebhookEventNames.TryParse(name, out var type) ? type : throw new InvalidOperationException($"There is no event '{name}'.");
}
