namespace RealtimeCollab.Sessions;

/// <summary>Why a request was refused. The server gives each a stable code on the wire.</summary>
public enum CollabError
{
    /// <summary>A member of the request is missing, malformed or out of range.</summary>
    InvalidRequest,

    /// <summary>The user may not do this.</summary>
    PermissionDenied,

    /// <summary>There is no such document.</summary>
    DocumentNotFound,

    /// <summary>The client has not joined the document or room.</summary>
    SessionNotFound,

    /// <summary>There is no such chat room.</summary>
    RoomNotFound,

    /// <summary>There is no such message in the room.</summary>
    MessageNotFound,

    /// <summary>The operation cannot be read or does not fit the document.</summary>
    InvalidOperation,

    /// <summary>The revision is higher than the document's.</summary>
    RevisionAhead,

    /// <summary>The revision is too far behind to transform an operation from it, or its history was compacted.</summary>
    RevisionTooOld,

    /// <summary>The operation was not committed, and sending it again as it is may succeed.</summary>
    OperationFailed,

    /// <summary>The operation was to be committed only if nothing came before it, and something did; it was not committed.</summary>
    Overtaken,

    /// <summary>The operation or message is larger than allowed.</summary>
    PayloadTooLarge,

    /// <summary>The document would grow beyond what is allowed.</summary>
    DocumentTooLarge,

    /// <summary>Too many requests, or too many waiting.</summary>
    RateLimited,

    /// <summary>The store does not answer; whether the operation was committed is unknown.</summary>
    StoreUnavailable,

    /// <summary>The node is stopping; whether the operation was committed is unknown.</summary>
    ServerDraining,
}
