using Microsoft.Extensions.Logging;

namespace RealtimeCollab.Server.Delivery.Backplane;

internal static partial class BackplaneLog
{
    [LoggerMessage(ServerEventIds.BackplaneSlow, LogLevel.Warning, "The backplane does not answer; this node goes on without it.")]
    public static partial void Slow(ILogger logger);

    [LoggerMessage(ServerEventIds.BackplaneNotHeard, LogLevel.Error, "A channel of the backplane cannot be heard.")]
    public static partial void NotHeard(ILogger logger, Exception exception);

    [LoggerMessage(ServerEventIds.BackplaneUnreadable, LogLevel.Error, "A message of another node cannot be used. Do the nodes run neighbouring versions, with the same protocols?")]
    public static partial void Unreadable(ILogger logger, Exception exception);

    [LoggerMessage(ServerEventIds.BackplaneNobodyHas, LogLevel.Debug, "No node says that it has connection {ConnectionId}.")]
    public static partial void NobodyHas(ILogger logger, string connectionId);
}
