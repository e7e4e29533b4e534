using Microsoft.Extensions.Logging;
using RealtimeCollab.Sessions.Backplane;
using RealtimeCollab.Sessions.Telemetry;
using StackExchange.Redis;

namespace RealtimeCollab.Redis.Internal;

/// <summary>Publish and subscribe of Redis.</summary>
internal sealed class RedisBackplane(
    RedisConnection connection, RedisBackplaneOptions options, CollabMetrics metrics, ILogger<RedisBackplane> logger) : IBackplane
{
    private long _waitingBytes;
    private long _lost;

    /// <inheritdoc/>
    public void Publish(string channel, ReadOnlyMemory<byte> message)
    {
        if (Volatile.Read(ref _waitingBytes) + message.Length > options.MaxWaitingBytes)
        {
            Lose(reason: null);
            return;
        }

        Interlocked.Add(ref _waitingBytes, message.Length);
        _ = PublishAsync(NameOf(channel), message.ToArray());
    }

    /// <inheritdoc/>
    public async ValueTask<IDisposable> SubscribeAsync(string channel, Action<ReadOnlyMemory<byte>> onMessage)
    {
        var subscription = new Subscription(connection.Subscriber, NameOf(channel), onMessage);
        try
        {
            await connection.Subscriber.SubscribeAsync(subscription.Channel, subscription.OnMessage);
        }
        catch (Exception failure) when (failure is RedisConnectionException or TimeoutException)
        {
            // the multiplexer has the handler all the same, and subscribes again with the next connection
            RedisLog.NotHeardYet(logger, failure);
        }
        catch
        {
            // nor does it forget the handler of what Redis refused
            subscription.Dispose();
            throw;
        }

        return subscription;
    }

    private RedisChannel NameOf(string channel) => new($"{connection.Prefix}/{channel}", RedisChannel.PatternMode.Literal);

    private async Task PublishAsync(RedisChannel channel, byte[] message)
    {
        try
        {
            await connection.Subscriber.PublishAsync(channel, message);
            if (Volatile.Read(ref _lost) > 0)
                RedisLog.LostMeanwhile(logger, Interlocked.Exchange(ref _lost, 0));
        }
        catch (Exception failure) when (failure is RedisException or TimeoutException or ObjectDisposedException)
        {
            Lose(failure);
        }
        finally
        {
            Interlocked.Add(ref _waitingBytes, -message.Length);
        }
    }

    /// <summary>Tells of the first of a row only.</summary>
    private void Lose(Exception? reason)
    {
        metrics.Backplane.CountLost();
        if (Interlocked.Increment(ref _lost) == 1)
            RedisLog.Losing(logger, reason);
    }

    private sealed class Subscription(ISubscriber subscriber, RedisChannel channel, Action<ReadOnlyMemory<byte>> onMessage) : IDisposable
    {
        private volatile bool _isEnded;

        public RedisChannel Channel => channel;

        public void OnMessage(RedisChannel from, RedisValue message)
        {
            if (!_isEnded)
                onMessage((byte[])message!);
        }

        public void Dispose()
        {
            _isEnded = true;
            // without a connection there is nothing to end: what is not wanted any more is not subscribed again
            subscriber.Unsubscribe(channel, OnMessage, CommandFlags.FireAndForget);
        }
    }
}
