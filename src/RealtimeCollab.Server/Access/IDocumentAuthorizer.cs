using System.Security.Claims;
using RealtimeCollab.Protocol.Documents;
using RealtimeCollab.Sessions.Storage;

namespace RealtimeCollab.Server.Access;

/// <summary>
/// Decides who may do what. An application replaces the built-in one, which goes by the documents' members, by registering its own
/// before AddRealtimeCollab. What it throws refuses the call; a role that it does not tell within two seconds does too, with <c>operation_failed</c>.
/// </summary>
public interface IDocumentAuthorizer
{
    /// <summary>
    /// The user's role in a document: asked for every request over HTTP, when a connection joins, and for one that is in about once a
    /// second, so that an answer counts for a second at the longest. <see cref="IDocumentAccess.InvalidateAsync"/> has it asked at once.
    /// </summary>
    ValueTask<DocumentRole> GetRoleAsync(ClaimsPrincipal user, DocumentHead document, CancellationToken cancellationToken);

    /// <summary>Whether the user may create this document.</summary>
    ValueTask<bool> MayCreateAsync(ClaimsPrincipal user, string documentId, CancellationToken cancellationToken);
}
