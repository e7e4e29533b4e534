using System.Buffers;
using System.Net;
using Microsoft.AspNetCore.SignalR;
using RealtimeCollab.Protocol;

namespace RealtimeCollab.Client;

/// <summary>The server refused, or could not be asked. <see cref="Code"/> says which, and is stable.</summary>
public sealed class CollabClientException : Exception
{
    /// <summary>The <see cref="Code"/> when the connection could not be made, or was lost before the answer; the outcome is unknown.</summary>
    public const string ConnectionLost = "connection_lost";

    /// <summary>The <see cref="Code"/> when the client's own <see cref="IEditStore"/> failed.</summary>
    public const string EditStoreFailed = "edit_store_failed";

    /// <summary>The <see cref="Code"/> when an operation of the server did not fit the content here.</summary>
    public const string ContentDiverged = "content_diverged";

    private const string Marker = "HubException: ";

    private static readonly SearchValues<char> CodeCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz_");

    /// <summary>Creates an exception.</summary>
    /// <param name="code">One of <see cref="ErrorCodes"/>, or <see cref="ConnectionLost"/>, <see cref="EditStoreFailed"/>, or <see cref="ContentDiverged"/>.</param>
    /// <param name="message">What happened, for people.</param>
    /// <param name="innerException">What it was made from.</param>
    public CollabClientException(string code, string message, Exception? innerException = null)
        : base(message, innerException) => Code = code;

    /// <summary>One of <see cref="ErrorCodes"/>, or <see cref="ConnectionLost"/>, <see cref="EditStoreFailed"/>, or <see cref="ContentDiverged"/>.</summary>
    public string Code { get; }

    internal static CollabClientException Lost(Exception cause) =>
        new(ConnectionLost, "The connection to the server was lost.", cause);

    internal static CollabClientException NotKept(Exception cause) =>
        new(EditStoreFailed, "Edits cannot be kept beyond the end of the process, or those that were kept cannot be read.", cause);

    internal static CollabClientException Unauthenticated(HttpStatusCode status, Exception cause) =>
        new(ErrorCodes.Unauthenticated, $"The server refused the connection with status {(int)status}.", cause);

    /// <summary>Finds <c>code: text</c>, before which SignalR puts a sentence of its own.</summary>
    internal static CollabClientException FromServer(HubException refusal)
    {
        var start = refusal.Message.IndexOf(Marker, StringComparison.Ordinal);
        var text = start < 0 ? refusal.Message : refusal.Message[(start + Marker.Length)..];
        var end = text.IndexOf(": ", StringComparison.Ordinal);
        return end > 0 && IsCode(text.AsSpan(0, end))
            ? new CollabClientException(text[..end], text[(end + 2)..], refusal)
            : new CollabClientException(ErrorCodes.OperationFailed, refusal.Message, refusal);
    }

    private static bool IsCode(ReadOnlySpan<char> text) => !text.ContainsAnyExcept(CodeCharacters);
}
