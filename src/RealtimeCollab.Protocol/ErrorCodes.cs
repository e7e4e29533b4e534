namespace RealtimeCollab.Protocol;

/// <summary>The stable codes that errors carry on the wire; their texts may change, these do not.</summary>
public static class ErrorCodes
{
    /// <summary>No token, or one that is not valid (any more).</summary>
    public const string Unauthenticated = "unauthenticated";

    /// <summary>The user may not do this with this document or room.</summary>
    public const string PermissionDenied = "permission_denied";

    /// <summary>There is no document with this id.</summary>
    public const string DocumentNotFound = "document_not_found";

    /// <summary>The connection has not joined this document or room, or not as a writer.</summary>
    public const string SessionNotFound = "session_not_found";

    /// <summary>There is no chat room with this id.</summary>
    public const string RoomNotFound = "room_not_found";

    /// <summary>There is no message with this id.</summary>
    public const string MessageNotFound = "message_not_found";

    /// <summary>A member of the request is missing, malformed or out of range.</summary>
    public const string InvalidRequest = "invalid_request";

    /// <summary>The operation cannot be read, or does not fit the document.</summary>
    public const string InvalidOperation = "invalid_operation";

    /// <summary>The base revision is higher than the document's revision.</summary>
    public const string RevisionAhead = "revision_ahead";

    /// <summary>The base revision is too far behind to be transformed; take a new snapshot.</summary>
    public const string RevisionTooOld = "revision_too_old";

    /// <summary>The server could not carry out the operation; it was not committed.</summary>
    public const string OperationFailed = "operation_failed";

    /// <summary>The operation is larger than <see cref="ServerLimits.MaxOperationBytes"/>, or the message longer than <see cref="ServerLimits.MaxMessageLength"/>.</summary>
    public const string PayloadTooLarge = "payload_too_large";

    /// <summary>Too many calls in too short a time; try again later.</summary>
    public const string RateLimited = "rate_limited";

    /// <summary>The document would grow beyond <see cref="ServerLimits.MaxDocumentLength"/>.</summary>
    public const string DocumentTooLarge = "document_too_large";

    /// <summary>The store does not answer; the outcome is unknown: send again with the same id.</summary>
    public const string StoreUnavailable = "store_unavailable";

    /// <summary>The server is stopping; the outcome is unknown: connect again and send again with the same id.</summary>
    public const string ServerDraining = "server_draining";
}
