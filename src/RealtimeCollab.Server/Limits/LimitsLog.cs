using Microsoft.Extensions.Logging;

namespace RealtimeCollab.Server.Limits;

internal static partial class LimitsLog
{
    [LoggerMessage(ServerEventIds.StrangerRefused, LogLevel.Debug, "Socket {ConnectionId} was closed: too many have shown no token yet.")]
    public static partial void StrangerRefused(ILogger logger, string connectionId);
}
