using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using RealtimeCollab.Server.Identity;
using RealtimeCollab.Sessions;

namespace RealtimeCollab.Server.Followers;

/// <summary>
/// What stands in an events address in place of a token: who opens it, for which document, for how long. Signed with a key derived from the
/// server's, so that every node knows it and no access token can pass for one, nor the other way round.
/// </summary>
internal sealed class EventTickets(SigningKey signingKey, TimeProvider time)
{
    /// <summary>Long enough for an EventSource to come back by itself after a server was restarted.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    /// <summary>A request line has 8 KB.</summary>
    private const int MaxLength = 6 * 1024;

    private const string KeyPurpose = "RealtimeCollab events";

    /// <summary>What is about the access token and not about the user.</summary>
    private static readonly HashSet<string> NotOfTheUser = new(StringComparer.Ordinal)
    {
        JwtRegisteredClaimNames.Exp, JwtRegisteredClaimNames.Nbf, JwtRegisteredClaimNames.Iat, JwtRegisteredClaimNames.Iss,
        JwtRegisteredClaimNames.Aud, JwtRegisteredClaimNames.Jti, ClaimTypes.NameIdentifier,
    };

    private readonly JsonWebTokenHandler _handler = new() { MapInboundClaims = false, SetDefaultTimesOnTokenCreation = false };
    private readonly SymmetricSecurityKey _key = new(HKDF.DeriveKey(
        HashAlgorithmName.SHA256, signingKey.Secret, SHA256.HashSizeInBytes, info: System.Text.Encoding.UTF8.GetBytes(KeyPurpose)));

    /// <summary>A ticket for a user.</summary>
    /// <param name="user">Comes back with all claims, for authorizers that go by them.</param>
    /// <param name="expires">When the user's token ends: so does the ticket, and the stream.</param>
    /// <param name="ticket">What else it says.</param>
    /// <exception cref="CollabException"><see cref="CollabError.InvalidRequest"/>: the user's claims are too many for an address.</exception>
    public string Create(ClaimsPrincipal user, DateTimeOffset? expires, EventTicket ticket)
    {
        var now = time.GetUtcNow();
        var end = expires is { } given && given < now + Lifetime ? given : now + Lifetime;
        var claims = user.Claims
            .Where(claim => !NotOfTheUser.Contains(claim.Type))
            .GroupBy(claim => claim.Type, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Count() == 1 ? (object)group.First().Value : group.Select(claim => claim.Value).ToArray(), StringComparer.Ordinal);
        ticket.AddTo(claims, expires);
        var text = _handler.CreateToken(new SecurityTokenDescriptor
        {
            Claims = claims,
            Expires = end.UtcDateTime,
            SigningCredentials = new SigningCredentials(_key, SecurityAlgorithms.HmacSha256),
        });
        return text.Length <= MaxLength
            ? text
            : throw CollabException.InvalidRequest("The user's token has too many claims for an address; open the events with the token itself.");
    }

    /// <summary>The user of a ticket, and when the user's token ends; null if it is not valid for this document at this time.</summary>
    public async Task<(ClaimsIdentity User, DateTimeOffset? Expires)?> ReadAsync(string text, string? documentId)
    {
        var result = await _handler.ValidateTokenAsync(text, new TokenValidationParameters
        {
            AuthenticationType = CollabIdentity.Scheme,
            IssuerSigningKey = _key,
            ValidAlgorithms = [SecurityAlgorithms.HmacSha256],
            ValidateIssuer = false,
            ValidateAudience = false,
            NameClaimType = CollabIdentity.UserNameClaim,
            RoleClaimType = CollabIdentity.RoleClaim,
            LifetimeValidator = (_, expires, _, _) => expires is { } end && time.GetUtcNow().UtcDateTime < end,
        });
        if (!result.IsValid || !string.Equals(EventTicket.DocumentIdOf(result.ClaimsIdentity), documentId, StringComparison.Ordinal))
            return null;
        return (result.ClaimsIdentity, EventTicket.ExpiryOf(result.ClaimsIdentity));
    }
}
