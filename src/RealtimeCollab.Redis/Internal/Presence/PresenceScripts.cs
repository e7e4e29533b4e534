namespace RealtimeCollab.Redis.Internal.Presence;

/// <summary>
/// What Redis does as one step. A node is a hash that expires: the empty field holds the version, a field named after a user what the node says of that
/// user, in JSON. A set holds the names of the nodes; those that expired are taken out by whoever reads it.
/// </summary>
internal static class PresenceScripts
{
    /// <summary>Keys: the node, the set. Arguments: node id, version, version before or empty for everything, lifetime in milliseconds, channel, update, then users and their values, empty for nobody.</summary>
    public const string Write = """
        if ARGV[3] == '' then
          redis.call('DEL', KEYS[1])
        elseif redis.call('HGET', KEYS[1], '') ~= ARGV[3] then
          return 0
        end
        redis.call('HSET', KEYS[1], '', ARGV[2])
        for i = 7, #ARGV, 2 do
          if ARGV[i + 1] == '' then
            redis.call('HDEL', KEYS[1], ARGV[i])
          else
            redis.call('HSET', KEYS[1], ARGV[i], ARGV[i + 1])
          end
        end
        redis.call('PEXPIRE', KEYS[1], ARGV[4])
        redis.call('SADD', KEYS[2], ARGV[1])
        redis.call('PUBLISH', ARGV[5], ARGV[6])
        return 1
        """;

    /// <summary>Keys: the set. Arguments: what the key of a node begins with. Gives ids and versions by turns.</summary>
    public const string ReadNodes = """
        local living = {}
        for _, id in ipairs(redis.call('SMEMBERS', KEYS[1])) do
          local version = redis.call('HGET', ARGV[1] .. id, '')
          if version then
            living[#living + 1] = id
            living[#living + 1] = version
          else
            redis.call('SREM', KEYS[1], id)
          end
        end
        return living
        """;

    /// <summary>Keys: the node. Gives fields and values by turns.</summary>
    public const string Read = "return redis.call('HGETALL', KEYS[1])";
}
