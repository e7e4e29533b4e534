using Microsoft.Extensions.Logging;

namespace RealtimeCollab.Server.Delivery;

internal static partial class DeliveryLog
{
    [LoggerMessage(
        ServerEventIds.SlowReceiverCut, LogLevel.Warning,
        "Connection {ConnectionId} was cut: {Bytes} bytes waited for it, the oldest for {Milliseconds} ms.")]
    public static partial void ReceiverCut(ILogger logger, string connectionId, long bytes, double milliseconds);
}
