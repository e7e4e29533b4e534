namespace RealtimeCollab.Redis;

/// <summary>Where Redis is, and what is ours there.</summary>
public sealed record RedisBackplaneOptions
{
    /// <summary>As StackExchange.Redis takes it: <c>host:port</c>, more of them, and options, separated by commas.</summary>
    public required string ConnectionString { get; init; }

    /// <summary>What all keys and channels begin with. Applications, or environments, that share a server need different ones.</summary>
    public string Prefix { get; init; } = "realtimecollab";

    /// <summary>How many bytes of messages may wait to be sent before further ones are lost; 32 MiB by default.</summary>
    public long MaxWaitingBytes { get; init; } = 32 * 1024 * 1024;

    /// <summary>How long Redis may take for a command; 5 s by default.</summary>
    public TimeSpan CommandTimeout { get; init; } = TimeSpan.FromSeconds(5);
}
