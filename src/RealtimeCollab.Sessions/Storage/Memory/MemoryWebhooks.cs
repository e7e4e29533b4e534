using RealtimeCollab.Sessions.Storage.Webhooks;

namespace RealtimeCollab.Sessions.Storage.Memory;

/// <summary>The deliveries of a <see cref="MemoryStore"/>. Thread-safe: chat adds to them under a lock of its own.</summary>
internal sealed class MemoryWebhooks
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<long, WebhookDelivery> _deliveries = [];
    private long _lastNumber;

    public void Add(IReadOnlyList<WebhookDelivery> deliveries)
    {
        if (deliveries.Count == 0)
            return;
        lock (_lock)
        {
            foreach (var delivery in deliveries)
                _deliveries.Add(++_lastNumber, delivery with { Number = _lastNumber });
        }
    }

    /// <summary>Adds those that are not there. Returns how many.</summary>
    public int Import(IReadOnlyList<WebhookDelivery> deliveries)
    {
        lock (_lock)
        {
            var there = _deliveries.Values.Select(Key).ToHashSet();
            var added = deliveries.Where(delivery => there.Add(Key(delivery))).ToList();
            Add(added);
            return added.Count;
        }
    }

    public IReadOnlyList<WebhookDelivery> List(Func<WebhookDelivery, bool> fits, int limit)
    {
        lock (_lock)
            return [.. _deliveries.Values.Where(fits).Take(limit)];
    }

    public IReadOnlyList<WebhookDelivery> Claim(string endpoint, DateTimeOffset now, DateTimeOffset until, int limit)
    {
        lock (_lock)
        {
            return
            [
                .. _deliveries.Values.Where(delivery => delivery.DeadAt is null && delivery.Endpoint == endpoint && delivery.DueAt <= now)
                    .OrderBy(delivery => delivery.DueAt).Take(limit).ToList()
                    .Select(delivery => _deliveries[delivery.Number] = delivery with { DueAt = until, Attempts = delivery.Attempts + 1 }),
            ];
        }
    }

    /// <summary>Changes those that fit, or removes them where the change gives null. Returns how many.</summary>
    public int Change(Func<WebhookDelivery, bool> fits, Func<WebhookDelivery, WebhookDelivery?> change)
    {
        lock (_lock)
        {
            var found = _deliveries.Values.Where(fits).ToList();
            foreach (var delivery in found)
            {
                if (change(delivery) is { } changed)
                    _deliveries[delivery.Number] = changed;
                else
                    _deliveries.Remove(delivery.Number);
            }

            return found.Count;
        }
    }

    public long Erase(string userId, string pseudonym) =>
        Change(delivery => delivery.Event.MentionedUserId == userId, _ => null)
        + Change(delivery => delivery.Event.UserId == userId, delivery => delivery with { Event = delivery.Event with { UserId = pseudonym } });

    private static (string EventId, string Endpoint) Key(WebhookDelivery delivery) => (delivery.Event.EventId, delivery.Endpoint);
}
