using Microsoft.Extensions.Logging;

namespace RealtimeCollab.Sessions.Presence;

/// <summary>What presence logs: node ids, never who is here or what they say. Event ids 1200 to 1249; none is used twice.</summary>
internal static partial class PresenceLog
{
    [LoggerMessage(1200, LogLevel.Warning, "Changes of presence could not be sent to a watcher; they are sent again, the latest of each")]
    public static partial void SendFailed(ILogger logger, Exception exception);

    [LoggerMessage(1201, LogLevel.Warning, "The presence store does not answer; what other nodes say stays as it was until it does")]
    public static partial void StoreFailed(ILogger logger, Exception exception);

    [LoggerMessage(1202, LogLevel.Information, "Node {NodeId} is gone, and with it {Users} users as far as they are nowhere else")]
    public static partial void NodeGone(ILogger logger, string nodeId, int users);
}
