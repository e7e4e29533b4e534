using RealtimeCollab.Sessions.Backplane;

namespace RealtimeCollab.Server.Delivery.Backplane;

/// <summary>Hears each channel once for as long as anybody on this node needs it.</summary>
internal sealed class ChannelSubscriptions(IBackplane backplane, Action<ReadOnlyMemory<byte>> onMessage) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Entry> _channels = new(StringComparer.Ordinal);

    /// <summary>Ends when the channel is heard; what failed before is tried again. Each call needs its <see cref="Release"/>.</summary>
    public Task HoldAsync(string channel)
    {
        lock (_lock)
        {
            if (!_channels.TryGetValue(channel, out var entry))
                entry = _channels[channel] = new Entry { Heard = SubscribeAsync(channel) };
            else if (entry.Heard.IsFaulted)
                entry.Heard = SubscribeAsync(channel);
            entry.Holders++;
            return entry.Heard;
        }
    }

    public void Release(string channel)
    {
        Entry? entry;
        lock (_lock)
        {
            if (!_channels.TryGetValue(channel, out entry) || --entry.Holders > 0)
                return;
            _channels.Remove(channel);
        }

        _ = LeaveAsync(entry.Heard);
    }

    public void Dispose()
    {
        Entry[] left;
        lock (_lock)
        {
            left = [.. _channels.Values];
            _channels.Clear();
        }

        foreach (var entry in left)
            _ = LeaveAsync(entry.Heard);
    }

    /// <summary>Throws nothing itself: a failure is the task's.</summary>
    private async Task<IDisposable> SubscribeAsync(string channel) => await backplane.SubscribeAsync(channel, onMessage);

    private static async Task LeaveAsync(Task<IDisposable> heard)
    {
        // whoever waits for it hears of a failure
        await ((Task)heard).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (heard.IsCompletedSuccessfully)
            heard.Result.Dispose();
    }

    private sealed class Entry
    {
        public required Task<IDisposable> Heard { get; set; }

        public int Holders { get; set; }
    }
}
