using System.Security.Claims;
using RealtimeCollab.Protocol.Documents;
using RealtimeCollab.Sessions.Storage;

namespace RealtimeCollab.Server.Access;

/// <summary>
/// Decides who may do what. An application replaces the built-in one by registering its own before AddRealtimeCollab.
/// What it throws refuses the call.
/// </summary>
public interface IDocumentAuthorizer
{
    /// <summary>The user's role in a document; asked when a connection joins it.</summary>
    ValueTask<DocumentRole> GetRoleAsync(ClaimsPrincipal user, DocumentHead document, CancellationToken cancellationToken);

    /// <summary>Whether the user may create this document.</summary>
    ValueTask<bool> MayCreateAsync(ClaimsPrincipal user, string documentId, CancellationToken cancellationToken);
}
