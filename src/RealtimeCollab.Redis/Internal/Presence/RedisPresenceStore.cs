using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using RealtimeCollab.Sessions.Presence;
using RealtimeCollab.Sessions.Presence.Nodes;
using StackExchange.Redis;

namespace RealtimeCollab.Redis.Internal.Presence;

/// <summary>Who is here, in Redis. All keys carry one hash tag, so that a cluster keeps them together and scripts may use them.</summary>
internal sealed class RedisPresenceStore(RedisConnection connection, ILogger<RedisPresenceStore> logger) : IPresenceStore
{
    private readonly RedisConnection _connection = connection;
    private readonly ILogger _logger = logger;

    private string Nodes => $"{_connection.Prefix}/{{presence}}";

    private string NodePrefix => $"{Nodes}/node/";

    private RedisChannel Updates => new($"{_connection.Prefix}/presence", RedisChannel.PatternMode.Literal);

    /// <inheritdoc/>
    public async ValueTask<bool> WriteAsync(NodeUpdate update, TimeSpan lifetime, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(update);
        List<RedisValue> arguments =
        [
            update.NodeId,
            Text(update.Version),
            update.IsAll ? string.Empty : Text(update.Version - 1),
            (long)lifetime.TotalMilliseconds,
            (string)Updates!,
            JsonSerializer.Serialize(update, PresenceJson.Default.NodeUpdate),
        ];
        foreach (var user in update.Users)
        {
            arguments.Add(user.UserId);
            arguments.Add(user.Devices.Count == 0 ? string.Empty : JsonSerializer.Serialize(user, PresenceJson.Default.NodePresence));
        }

        var written = await _connection.RunAsync(PresenceScripts.Write, [NodePrefix + update.NodeId, Nodes], [.. arguments], cancellationToken);
        return (bool)written;
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyDictionary<string, long>> ReadNodesAsync(CancellationToken cancellationToken)
    {
        var living = (RedisValue[])(await _connection.RunAsync(PresenceScripts.ReadNodes, [Nodes], [NodePrefix], cancellationToken))!;
        return living.Chunk(2).ToDictionary(node => (string)node[0]!, node => Number(node[1]), StringComparer.Ordinal);
    }

    /// <inheritdoc/>
    public async ValueTask<NodeUpdate?> ReadAsync(string nodeId, CancellationToken cancellationToken)
    {
        var fields = (RedisValue[])(await _connection.RunAsync(PresenceScripts.Read, [NodePrefix + nodeId], [], cancellationToken))!;
        long? version = null;
        var users = new List<NodePresence>();
        foreach (var field in fields.Chunk(2))
        {
            if (field[0] == RedisValue.EmptyString)
                version = Number(field[1]);
            else
                users.Add(JsonSerializer.Deserialize((string)field[1]!, PresenceJson.Default.NodePresence)!);
        }

        return version is { } known ? new NodeUpdate(nodeId, known, IsAll: true, users) : null;
    }

    /// <inheritdoc/>
    public IDisposable Follow(Action<NodeUpdate> onUpdate)
    {
        var following = new Following(this, onUpdate);
        _connection.Subscriber.Subscribe(Updates, following.OnMessage, CommandFlags.FireAndForget);
        return following;
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static long Number(RedisValue text) => long.Parse((string)text!, CultureInfo.InvariantCulture);

    private sealed class Following(RedisPresenceStore store, Action<NodeUpdate> onUpdate) : IDisposable
    {
        private volatile bool _isEnded;

        public void OnMessage(RedisChannel from, RedisValue message)
        {
            try
            {
                if (!_isEnded && JsonSerializer.Deserialize((string)message!, PresenceJson.Default.NodeUpdate) is { } update)
                    onUpdate(update);
            }
            catch (JsonException malformed)
            {
                // of another version, perhaps: what it says is read from the store
                RedisLog.Unreadable(store._logger, malformed);
            }
        }

        public void Dispose()
        {
            _isEnded = true;
            store._connection.Subscriber.Unsubscribe(store.Updates, OnMessage, CommandFlags.FireAndForget);
        }
    }
}
