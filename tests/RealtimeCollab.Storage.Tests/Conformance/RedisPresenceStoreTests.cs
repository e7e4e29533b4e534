using Microsoft.Extensions.Logging.Abstractions;
using RealtimeCollab.Redis;
using RealtimeCollab.Redis.Internal;
using RealtimeCollab.Redis.Internal.Presence;
using RealtimeCollab.Sessions.Presence.Nodes;
using RealtimeCollab.Testing;
using static RealtimeCollab.Storage.Tests.Samples;

namespace RealtimeCollab.Storage.Tests.Conformance;

public sealed class RedisPresenceStoreTests : PresenceStoreTests, IClassFixture<RedisServer>, IDisposable
{
    private readonly RedisConnection _connection;

    public RedisPresenceStoreTests(RedisServer server)
    {
        var options = new RedisBackplaneOptions { ConnectionString = server.ConnectionString, Prefix = $"tests-{Guid.NewGuid():N}" };
        _connection = new RedisConnection(options, TimeProvider.System, NullLogger<RedisConnection>.Instance);
        Store = new RedisPresenceStore(_connection, NullLogger<RedisPresenceStore>.Instance);
    }

    protected override IPresenceStore Store { get; }

    public void Dispose() => _connection.Dispose();

    /// <summary>Takes the time from all that expires.</summary>
    protected override Task PassAsync(TimeSpan time) => _connection.RunAsync(
        """
        for _, key in ipairs(redis.call('KEYS', ARGV[1])) do
          local left = redis.call('PTTL', key)
          if left >= 0 then redis.call('PEXPIRE', key, left - ARGV[2]) end
        end
        return 1
        """,
        [],
        [$"{_connection.Prefix}/*", (long)time.TotalMilliseconds],
        Cancellation);
}
