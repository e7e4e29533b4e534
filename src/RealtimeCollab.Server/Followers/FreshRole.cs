using System.Security.Claims;
using RealtimeCollab.Protocol.Documents;
using RealtimeCollab.Server.Access;
using RealtimeCollab.Sessions.Storage;

namespace RealtimeCollab.Server.Followers;

/// <summary>A user's role in a document, asked again when the last answer is older than a second.</summary>
internal sealed class FreshRole(ClaimsPrincipal user, DocumentHead document, IDocumentAuthorizer authorizer, TimeProvider time)
{
    private static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(1);

    private DocumentRole _role;
    private long? _askedAt;

    public async ValueTask<DocumentRole> GetAsync(CancellationToken cancellationToken)
    {
        if (_askedAt is { } askedAt && time.GetElapsedTime(askedAt) <= MaxAge)
            return _role;
        var now = time.GetTimestamp();
        _role = await authorizer.GetRoleAsync(user, document, cancellationToken);
        _askedAt = now;
        return _role;
    }
}
