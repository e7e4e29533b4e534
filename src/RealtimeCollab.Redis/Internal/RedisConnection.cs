using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace RealtimeCollab.Redis.Internal;

/// <summary>
/// The connections of this node to Redis: one for commands and one for subscriptions, both of which come back by themselves, with all that was
/// subscribed.
/// </summary>
internal sealed class RedisConnection : IDisposable
{
    private static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(5);

    private readonly RedisBackplaneOptions _options;
    private readonly TimeProvider _time;
    private readonly ConnectionMultiplexer _multiplexer;

    public RedisConnection(RedisBackplaneOptions options, TimeProvider time, ILogger<RedisConnection> logger)
    {
        (_options, _time) = (options, time);
        var configuration = ConfigurationOptions.Parse(options.ConnectionString);
        // a node that starts while Redis is away serves its own users until Redis is there
        configuration.AbortOnConnectFail = false;
        configuration.ReconnectRetryPolicy = new LinearRetry((int)RetryInterval.TotalMilliseconds);
        // a connection that only seems to be there is found by its silence
        if (configuration.KeepAlive < 0)
            configuration.KeepAlive = (int)KeepAlive.TotalSeconds;
        _multiplexer = ConnectionMultiplexer.Connect(configuration);
        // messages of a channel are handed on in the order in which they came
        _multiplexer.PreserveAsyncOrder = true;
        _multiplexer.ConnectionFailed += (_, lost) => RedisLog.Lost(logger, lost.ConnectionType, lost.FailureType);
        _multiplexer.ConnectionRestored += (_, restored) => RedisLog.Restored(logger, restored.ConnectionType);
        if (!_multiplexer.IsConnected)
            RedisLog.Missing(logger);
    }

    public ISubscriber Subscriber => _multiplexer.GetSubscriber();

    public string Prefix => _options.Prefix;

    /// <summary>Runs a script; Redis is given the text only once.</summary>
    /// <exception cref="RedisException">Redis is away, or refused the script.</exception>
    /// <exception cref="TimeoutException">Redis did not answer in time.</exception>
    public Task<RedisResult> RunAsync(string script, RedisKey[] keys, RedisValue[] arguments, CancellationToken cancellationToken) =>
        _multiplexer.GetDatabase().ScriptEvaluateAsync(script, keys, arguments).WaitAsync(_options.CommandTimeout, _time, cancellationToken);

    public void Dispose() => _multiplexer.Dispose();
}
