using System.Security.Claims;

namespace RealtimeCollab.Server.Access;

/// <summary>Whoever may connect may see who is here: the users of one server are colleagues.</summary>
internal sealed class DefaultPresenceAuthorizer : IPresenceAuthorizer
{
    public ValueTask<bool> MaySeeAsync(ClaimsPrincipal caller, string userId, CancellationToken cancellationToken) => ValueTask.FromResult(true);
}
