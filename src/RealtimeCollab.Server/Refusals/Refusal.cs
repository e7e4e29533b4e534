using RealtimeCollab.OperationalTransform;
using RealtimeCollab.Protocol;
using RealtimeCollab.Sessions;

namespace RealtimeCollab.Server.Refusals;

/// <summary>What a client may hear of a failure: a stable code, a sentence and perhaps a reason, never the failure itself.</summary>
internal sealed record Refusal(string Code, string Message, string? Details = null)
{
    /// <summary>Whether nobody foresaw the failure; such a one is logged.</summary>
    public bool IsUnexpected { get; private init; }

    public static Refusal From(Exception exception) => exception switch
    {
        CollabException refused => new Refusal(CodeOf(refused.Error), refused.Message, refused.Details),
        OperationException refused => new Refusal(ErrorCodes.InvalidOperation, refused.Message, refused.Reason),
        _ => new Refusal(ErrorCodes.OperationFailed, "The server failed; the failure is logged there.") { IsUnexpected = true },
    };

    /// <summary>The text of a failed call, in which clients find the code.</summary>
    public override string ToString() => $"{Code}: {Message}";

    private static string CodeOf(CollabError error) => error switch
    {
        CollabError.InvalidRequest => ErrorCodes.InvalidRequest,
        CollabError.PermissionDenied => ErrorCodes.PermissionDenied,
        CollabError.DocumentNotFound => ErrorCodes.DocumentNotFound,
        CollabError.SessionNotFound => ErrorCodes.SessionNotFound,
        CollabError.RoomNotFound => ErrorCodes.RoomNotFound,
        CollabError.MessageNotFound => ErrorCodes.MessageNotFound,
        CollabError.InvalidOperation => ErrorCodes.InvalidOperation,
        CollabError.RevisionAhead => ErrorCodes.RevisionAhead,
        CollabError.RevisionTooOld => ErrorCodes.RevisionTooOld,
        CollabError.OperationFailed or CollabError.Overtaken => ErrorCodes.OperationFailed,
        CollabError.PayloadTooLarge => ErrorCodes.PayloadTooLarge,
        CollabError.DocumentTooLarge => ErrorCodes.DocumentTooLarge,
        CollabError.RateLimited => ErrorCodes.RateLimited,
        CollabError.StoreUnavailable => ErrorCodes.StoreUnavailable,
        CollabError.ServerDraining => ErrorCodes.ServerDraining,
        _ => ErrorCodes.OperationFailed,
    };
}
