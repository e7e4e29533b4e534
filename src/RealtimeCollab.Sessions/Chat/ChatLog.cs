using Microsoft.Extensions.Logging;

namespace RealtimeCollab.Sessions.Chat;

/// <summary>What rooms log: ids and numbers, never text. Event ids 1100 to 1199; none is used twice.</summary>
internal static partial class ChatLog
{
    [LoggerMessage(1100, LogLevel.Debug, "Room {RoomId} evicted at change {Change}")]
    public static partial void Evicted(ILogger logger, string roomId, long change);

    [LoggerMessage(1101, LogLevel.Warning, "The store failed for room {RoomId} at change {Change}; reading what became of it")]
    public static partial void StoreFailed(ILogger logger, string roomId, long change, Exception exception);

    [LoggerMessage(1102, LogLevel.Debug, "Another node wrote to room {RoomId} after change {Change}")]
    public static partial void Conflict(ILogger logger, string roomId, long change);

    [LoggerMessage(1103, LogLevel.Error, "The turn of room {RoomId} failed; its commands are refused")]
    public static partial void TurnFailed(ILogger logger, string roomId, Exception exception);

    [LoggerMessage(1104, LogLevel.Warning, "Those whom messages of room {RoomId} mention could not be told; they find it among their notifications")]
    public static partial void MentionsNotTold(ILogger logger, string roomId, Exception exception);

    [LoggerMessage(1105, LogLevel.Error, "What an author may do in room {RoomId} could not be asked; the command is refused")]
    public static partial void AuthorizationFailed(ILogger logger, string roomId, Exception exception);
}
