using Microsoft.Extensions.Logging;

namespace RealtimeCollab.Server.Refusals;

internal static partial class RefusalLog
{
    [LoggerMessage(ServerEventIds.UnexpectedFailure, LogLevel.Error, "{Call} failed unexpectedly.")]
    public static partial void Unexpected(ILogger logger, string call, Exception exception);
}
