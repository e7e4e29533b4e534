using RealtimeCollab.OperationalTransform;

namespace RealtimeCollab.Sessions;

/// <summary>A refusal that a client may see; its message holds no text of any document.</summary>
public sealed class CollabException : Exception
{
    private CollabException(CollabError error, string message, string? details = null, Exception? inner = null)
        : base(message, inner) => (Error, Details) = (error, details);

    /// <summary>What kind of refusal.</summary>
    public CollabError Error { get; }

    /// <summary>A stable word that says more, for example the reason why an operation is invalid.</summary>
    public string? Details { get; }

    // the client must change its request

    internal static CollabException InvalidOperation(OperationException reason) =>
        new(CollabError.InvalidOperation, reason.Message, reason.Reason, reason);

    /// <summary>A plain text would get attributes or embeds.</summary>
    public static CollabException RichOperationInPlainText() =>
        new(CollabError.InvalidOperation, "This document is plain text: attributes and embeds need a richText document.", "plain-text");

    internal static CollabException RevisionAhead(long given, long head) =>
        new(CollabError.RevisionAhead, $"Base revision {given} is ahead of the document, which is at {head}.");

    /// <summary>The document would be too long.</summary>
    public static CollabException DocumentTooLarge(long length, int limit) =>
        new(CollabError.DocumentTooLarge, $"The document would be {length} UTF-16 units long; {limit} are allowed.");

    /// <summary>The document's attributes and embeds would hold too much.</summary>
    public static CollabException FormatsTooHeavy(long weight, long limit) =>
        new(CollabError.DocumentTooLarge, $"The attributes and embeds of the document would hold {weight} UTF-16 units and bytes; {limit} are allowed.", "formats");

    /// <summary>A member of the request is wrong.</summary>
    public static CollabException InvalidRequest(string message) => new(CollabError.InvalidRequest, message);

    /// <summary>The operation is too large to be taken.</summary>
    public static CollabException PayloadTooLarge(long bytes, int limit) =>
        new(CollabError.PayloadTooLarge, $"The operation has {bytes} bytes; {limit} are allowed. Split it.");

    /// <summary>The body of a request is too large to be read.</summary>
    public static CollabException BodyTooLarge(int limit) =>
        new(CollabError.PayloadTooLarge, $"The body has more than {limit} bytes.");

    /// <summary>The message is too long to be taken.</summary>
    public static CollabException MessageTooLong(int length, int limit) =>
        new(CollabError.PayloadTooLarge, $"The message has {length} UTF-16 units; {limit} are allowed.");

    /// <summary>The user may not do this.</summary>
    public static CollabException PermissionDenied(string message) => new(CollabError.PermissionDenied, message);

    /// <summary>The application does not want it, for a reason of its own. Clients give the user's edits back to their application.</summary>
    /// <param name="message">For people who look for the cause; holds no text of any document.</param>
    /// <param name="reason">A stable word of the application's, which clients get as <c>details</c>.</param>
    public static CollabException Refused(string message, string reason) => new(CollabError.PermissionDenied, message, reason);

    /// <summary>There is no such document.</summary>
    public static CollabException DocumentNotFound(string documentId) =>
        new(CollabError.DocumentNotFound, $"There is no document '{documentId}'.");

    /// <summary>There is no such chat room.</summary>
    public static CollabException RoomNotFound(string roomId) => new(CollabError.RoomNotFound, $"There is no room '{roomId}'.");

    /// <summary>The room has no such message, or no longer.</summary>
    public static CollabException MessageNotFound() => new(CollabError.MessageNotFound, "There is no such message in the room.");

    /// <summary>The client has to join first.</summary>
    public static CollabException SessionNotFound(string message) => new(CollabError.SessionNotFound, message);

    // the client must start over from a snapshot

    /// <summary>The revision lies before what can be transformed or read.</summary>
    public static CollabException RevisionTooOld(long given, long oldest) =>
        new(CollabError.RevisionTooOld, $"Revision {given} is too old, {oldest} is the oldest that can be used; take a new snapshot.");

    // the client may try again

    internal static CollabException TooManyWaiting(int limit) =>
        new(CollabError.RateLimited, $"{limit} calls are already waiting for this document or room; try again later.");

    internal static CollabException Overtaken(long given, long head) =>
        new(CollabError.Overtaken, $"The operation was for revision {given} alone, and the document is at {head}.");

    internal static CollabException TooManyConflicts(int attempts) =>
        new(CollabError.OperationFailed, $"Other nodes were faster {attempts} times in a row; send the operation again.");

    /// <summary>The server could not do it, and nothing was committed.</summary>
    public static CollabException OperationFailed() =>
        new(CollabError.OperationFailed, "The server could not carry out the operation; nothing was committed.");

    /// <summary>Too many requests in too short a time.</summary>
    public static CollabException RateLimited(string message) => new(CollabError.RateLimited, message);

    /// <summary>The store failed; thrown by stores for every failure of their database, with the cause inside.</summary>
    public static CollabException StoreUnavailable(Exception? cause) =>
        new(CollabError.StoreUnavailable, "The store does not answer; send the operation again with the same id.", details: null, cause);

    /// <summary>The node is stopping.</summary>
    public static CollabException ServerDraining() =>
        new(CollabError.ServerDraining, "The server is stopping; connect again and send what is unacknowledged with the same id.");
}
