namespace RealtimeCollab.Sessions.Storage.Webhooks;

/// <summary>
/// Which endpoints are told of what. A store records what they are to be told in the transaction of its cause; without subscriptions it
/// records nothing, and costs nothing.
/// </summary>
public sealed class WebhookSubscriptions
{
    private readonly string[][] _endpoints;

    /// <summary>Of endpoints by their names.</summary>
    public WebhookSubscriptions(IEnumerable<KeyValuePair<string, IReadOnlyCollection<WebhookEventType>>> endpoints)
    {
        var all = endpoints.ToList();
        _endpoints = [.. Enum.GetValues<WebhookEventType>().Select(type => all.Where(one => one.Value.Contains(type)).Select(one => one.Key).ToArray())];
    }

    /// <summary>Nobody is told of anything.</summary>
    public static WebhookSubscriptions None { get; } = new([]);

    /// <summary>The names of the endpoints that are told of an event.</summary>
    public IReadOnlyList<string> EndpointsOf(WebhookEventType type) => _endpoints[(int)type];

    /// <summary>Whether anybody is told of an event.</summary>
    public bool Has(WebhookEventType type) => _endpoints[(int)type].Length > 0;

    /// <summary>The deliveries of an event, due at once; none if nobody is told.</summary>
    public IReadOnlyList<WebhookDelivery> Address(WebhookEvent happened)
    {
        ArgumentNullException.ThrowIfNull(happened);
        return [.. _endpoints[(int)happened.Type].Select(endpoint => new WebhookDelivery(0, endpoint, happened, happened.OccurredAt))];
    }
}
