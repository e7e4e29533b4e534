using Microsoft.Extensions.Logging;

namespace RealtimeCollab.Sessions.Documents;

/// <summary>What sessions log: ids and revisions, never text. Event ids 1000 to 1099; none is used twice.</summary>
internal static partial class SessionLog
{
    [LoggerMessage(1000, LogLevel.Debug, "Document {DocumentId} opened at revision {Revision} as session {SessionId}")]
    public static partial void Opened(ILogger logger, string documentId, long revision, string sessionId);

    [LoggerMessage(1001, LogLevel.Debug, "Document {DocumentId} evicted at revision {Revision}")]
    public static partial void Evicted(ILogger logger, string documentId, long revision);

    [LoggerMessage(1002, LogLevel.Warning, "The outbox of document {DocumentId} is full: messages are dropped, clients will refill the gap")]
    public static partial void OutboxFull(ILogger logger, string documentId);

    [LoggerMessage(1003, LogLevel.Warning, "A message to the members of document {DocumentId} could not be sent")]
    public static partial void PublishFailed(ILogger logger, string documentId, Exception exception);

    [LoggerMessage(1004, LogLevel.Warning, "The store failed for document {DocumentId} at revision {Revision}; reading what became of it")]
    public static partial void StoreFailed(ILogger logger, string documentId, long revision, Exception exception);

    [LoggerMessage(1005, LogLevel.Debug, "Another node appended to document {DocumentId} after revision {Revision}")]
    public static partial void Conflict(ILogger logger, string documentId, long revision);

    [LoggerMessage(1006, LogLevel.Error, "The turn of document {DocumentId} failed; its submissions are refused")]
    public static partial void TurnFailed(ILogger logger, string documentId, Exception exception);

    [LoggerMessage(1007, LogLevel.Warning, "The snapshot of document {DocumentId} at revision {Revision} could not be stored")]
    public static partial void SnapshotFailed(ILogger logger, string documentId, long revision, Exception exception);

    [LoggerMessage(1008, LogLevel.Debug, "Document {DocumentId} could not be read on to revision {Revision}")]
    public static partial void FollowFailed(ILogger logger, string documentId, long revision, Exception exception);

    [LoggerMessage(1009, LogLevel.Error, "Whether an author may edit document {DocumentId} could not be asked; the submission is refused")]
    public static partial void AuthorizationFailed(ILogger logger, string documentId, Exception exception);

    [LoggerMessage(1010, LogLevel.Error, "An entry of the log does not fit document {DocumentId} at revision {Revision}; reading the document from the store anew")]
    public static partial void Misfit(ILogger logger, string documentId, long revision, Exception exception);
}
