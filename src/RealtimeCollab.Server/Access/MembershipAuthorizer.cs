using System.Security.Claims;
using Microsoft.Extensions.Options;
using RealtimeCollab.Protocol.Documents;
using RealtimeCollab.Server.Configuration;
using RealtimeCollab.Server.Identity;
using RealtimeCollab.Sessions.Storage;
using RealtimeCollab.Sessions.Storage.Access;

namespace RealtimeCollab.Server.Access;

/// <summary>The members of a document have the roles that they were given, everyone else that of <see cref="AccessOptions.DefaultRole"/>.</summary>
internal sealed class MembershipAuthorizer(IMembershipStore members, IOptions<RealtimeCollabOptions> options) : IDocumentAuthorizer
{
    private readonly AccessOptions _access = options.Value.Access;

    public async ValueTask<DocumentRole> GetRoleAsync(ClaimsPrincipal user, DocumentHead document, CancellationToken cancellationToken) =>
        (await members.FindRoleAsync(document.DocumentId, document.Incarnation, CollabIdentity.GetUserId(user), cancellationToken))?.ToDocumentRole()
        ?? _access.DefaultRole;

    public ValueTask<bool> MayCreateAsync(ClaimsPrincipal user, string documentId, CancellationToken cancellationToken) =>
        ValueTask.FromResult(_access.AllowCreation);
}
