using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace RealtimeCollab.Redis.Internal;

internal static partial class RedisLog
{
    [LoggerMessage(5001, LogLevel.Warning, "Redis cannot be reached; this node serves its own users until it can.")]
    public static partial void Missing(ILogger logger);

    [LoggerMessage(5002, LogLevel.Warning, "A connection to Redis was lost ({Connection}: {Failure}); this node serves its own users until it is back.")]
    public static partial void Lost(ILogger logger, ConnectionType connection, ConnectionFailureType failure);

    [LoggerMessage(5003, LogLevel.Information, "A connection to Redis is back ({Connection}).")]
    public static partial void Restored(ILogger logger, ConnectionType connection);

    [LoggerMessage(5004, LogLevel.Warning, "Messages to other nodes are lost, as Redis does not take them.")]
    public static partial void Losing(ILogger logger, Exception? exception);

    [LoggerMessage(5005, LogLevel.Information, "Redis takes messages again; {Count} were lost meanwhile.")]
    public static partial void LostMeanwhile(ILogger logger, long count);

    [LoggerMessage(5007, LogLevel.Warning, "A channel of Redis is heard only when the connection is back.")]
    public static partial void NotHeardYet(ILogger logger, Exception exception);

    [LoggerMessage(5006, LogLevel.Error, "An entry of the presence store cannot be read, and is passed over.")]
    public static partial void Unreadable(ILogger logger, Exception exception);
}
