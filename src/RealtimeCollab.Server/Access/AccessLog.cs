using Microsoft.Extensions.Logging;
using RealtimeCollab.Protocol.Documents;

namespace RealtimeCollab.Server.Access;

/// <summary>What is logged about access: ids and roles, never tokens.</summary>
internal static partial class AccessLog
{
    [LoggerMessage(ServerEventIds.AccessBlind, LogLevel.Warning, "The store cannot be read for changes of access; {Guests} guests of documents hear nothing until it can, if that takes long.")]
    public static partial void IsBlind(ILogger logger, int guests, Exception cause);

    [LoggerMessage(ServerEventIds.AccessSeesAgain, LogLevel.Information, "The store can be read again for changes of access.")]
    public static partial void SeesAgain(ILogger logger);

    [LoggerMessage(ServerEventIds.AccessNotAsked, LogLevel.Error, "What a user may do in document {DocumentId} could not be asked, or not be acted on.")]
    public static partial void CannotSettle(ILogger logger, string documentId, Exception cause);

    [LoggerMessage(ServerEventIds.MemberChanged, LogLevel.Information, "{ActorId} gave {UserId} the role {Role} in document {DocumentId}.")]
    public static partial void MemberChanged(ILogger logger, string actorId, string userId, DocumentRole role, string documentId);

    [LoggerMessage(ServerEventIds.MemberRemoved, LogLevel.Information, "{ActorId} took {UserId} out of document {DocumentId}.")]
    public static partial void MemberRemoved(ILogger logger, string actorId, string userId, string documentId);

    [LoggerMessage(ServerEventIds.LinkRedeemed, LogLevel.Information, "{UserId} came into document {DocumentId} by link {LinkId}.")]
    public static partial void LinkRedeemed(ILogger logger, string userId, string documentId, string linkId);
}
