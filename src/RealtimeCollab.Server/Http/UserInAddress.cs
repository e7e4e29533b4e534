using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using RealtimeCollab.Server.Identity;
using RealtimeCollab.Sessions;

namespace RealtimeCollab.Server.Http;

/// <summary>The user whom an address names by its last part.</summary>
internal static class UserInAddress
{
    /// <summary>The id from the address as it was sent: it may hold slashes, which routing leaves encoded.</summary>
    /// <exception cref="CollabException"><see cref="CollabError.InvalidRequest"/>: it is no user's id.</exception>
    public static string Read(HttpContext context)
    {
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget.AsSpan();
        var path = target.IndexOf('?') is >= 0 and var query ? target[..query] : target;
        var userId = Uri.UnescapeDataString(path[(path.LastIndexOf('/') + 1)..]);
        return CollabIdentity.IsValid(userId)
            ? userId
            : throw CollabException.InvalidRequest($"A user's id has 1 to {CollabIdentity.MaxLength} UTF-16 code units and no control characters.");
    }
}
