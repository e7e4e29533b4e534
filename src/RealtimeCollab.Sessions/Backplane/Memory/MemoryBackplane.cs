using System.Collections.Immutable;

namespace RealtimeCollab.Sessions.Backplane.Memory;

/// <summary>Joins the nodes of one process; for tests.</summary>
public sealed class MemoryBackplane : IBackplane
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, ImmutableArray<Action<ReadOnlyMemory<byte>>>> _channels = new(StringComparer.Ordinal);

    /// <summary>What is published is lost.</summary>
    public bool IsAway { get; set; }

    /// <summary>The channels that somebody hears.</summary>
    public IReadOnlyCollection<string> Channels
    {
        get
        {
            lock (_lock)
                return [.. _channels.Keys];
        }
    }

    /// <inheritdoc/>
    public void Publish(string channel, ReadOnlyMemory<byte> message)
    {
        if (IsAway)
            return;
        var copy = message.ToArray();
        // within the lock, so that all hear the messages of a channel in one order
        lock (_lock)
        {
            foreach (var hear in _channels.GetValueOrDefault(channel, []))
                hear(copy);
        }
    }

    /// <inheritdoc/>
    public ValueTask<IDisposable> SubscribeAsync(string channel, Action<ReadOnlyMemory<byte>> onMessage)
    {
        ArgumentNullException.ThrowIfNull(onMessage);
        lock (_lock)
            _channels[channel] = _channels.GetValueOrDefault(channel, []).Add(onMessage);
        return new ValueTask<IDisposable>(new Subscription(this, channel, onMessage));
    }

    private void Unsubscribe(string channel, Action<ReadOnlyMemory<byte>> onMessage)
    {
        lock (_lock)
        {
            var left = _channels.GetValueOrDefault(channel, []).Remove(onMessage);
            if (left.IsEmpty)
                _channels.Remove(channel);
            else
                _channels[channel] = left;
        }
    }

    private sealed class Subscription(MemoryBackplane backplane, string channel, Action<ReadOnlyMemory<byte>> onMessage) : IDisposable
    {
        public void Dispose() => backplane.Unsubscribe(channel, onMessage);
    }
}
