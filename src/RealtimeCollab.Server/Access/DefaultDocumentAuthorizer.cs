using System.Security.Claims;
using Microsoft.Extensions.Options;
using RealtimeCollab.Protocol.Documents;
using RealtimeCollab.Server.Configuration;
using RealtimeCollab.Server.Identity;
using RealtimeCollab.Sessions.Storage;

namespace RealtimeCollab.Server.Access;

/// <summary>The creator is the owner, everyone else has the role of <see cref="AccessOptions.DefaultRole"/>.</summary>
internal sealed class DefaultDocumentAuthorizer(IOptions<RealtimeCollabOptions> options) : IDocumentAuthorizer
{
    private readonly AccessOptions _access = options.Value.Access;

    public ValueTask<DocumentRole> GetRoleAsync(ClaimsPrincipal user, DocumentHead document, CancellationToken cancellationToken) =>
        ValueTask.FromResult(string.Equals(CollabIdentity.GetUserId(user), document.CreatedBy, StringComparison.Ordinal)
            ? DocumentRole.Owner
            : _access.DefaultRole);

    public ValueTask<bool> MayCreateAsync(ClaimsPrincipal user, string documentId, CancellationToken cancellationToken) =>
        ValueTask.FromResult(_access.AllowCreation);
}
