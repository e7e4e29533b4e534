using System.Security.Claims;

namespace RealtimeCollab.Server.Access;

/// <summary>
/// Decides who may see whom. An application whose users are not to know of each other registers its own before AddRealtimeCollab; the
/// built-in one says yes. Members of a document are seen by all who may read the document, whatever this says.
/// </summary>
public interface IPresenceAuthorizer
{
    /// <summary>Whether the caller may know when another user is here.</summary>
    ValueTask<bool> MaySeeAsync(ClaimsPrincipal caller, string userId, CancellationToken cancellationToken);
}
