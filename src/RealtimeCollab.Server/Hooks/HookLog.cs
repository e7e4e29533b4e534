using Microsoft.Extensions.Logging;

namespace RealtimeCollab.Server.Hooks;

internal static partial class HookLog
{
    [LoggerMessage(ServerEventIds.HookFailed, LogLevel.Error, "{Hook} failed or took too long for document {DocumentId}.")]
    public static partial void Failed(ILogger logger, string hook, string documentId, Exception exception);

    [LoggerMessage(ServerEventIds.HookQueueFull, LogLevel.Warning, "Commit hooks are behind: they do not hear of revision {Revision} of document {DocumentId}, and perhaps of more.")]
    public static partial void QueueFull(ILogger logger, string documentId, long revision);

    [LoggerMessage(ServerEventIds.HookQueueLeft, LogLevel.Warning, "Stopping although commit hooks have not heard of {Batches} batches.")]
    public static partial void Left(ILogger logger, int batches);
}
