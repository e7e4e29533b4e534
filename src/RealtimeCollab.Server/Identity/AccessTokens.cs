using System.Security.Claims;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using RealtimeCollab.Server.Configuration;

namespace RealtimeCollab.Server.Identity;

/// <summary>Checks JSON Web Tokens, and makes them for the Development environment.</summary>
internal sealed class AccessTokens(SigningKey signingKey, TokenAuthority authority, IOptions<RealtimeCollabOptions> options, TimeProvider time)
{
    private static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan DevelopmentLifetime = TimeSpan.FromDays(30);

    private readonly JsonWebTokenHandler _handler = new() { MapInboundClaims = false, SetDefaultTimesOnTokenCreation = false };
    private readonly AuthOptions _auth = options.Value.Auth;

    /// <summary>The token's user and its end, or null if the token is not a valid one.</summary>
    public async Task<(ClaimsIdentity User, DateTimeOffset Expires)?> ReadAsync(string token)
    {
        if (!_handler.CanReadToken(token))
            return null;
        if (await CreateParametersAsync(token) is not { } parameters)
            return null;
        var result = await _handler.ValidateTokenAsync(token, parameters);
        if (!result.IsValid || result.ClaimsIdentity.FindFirst(CollabIdentity.UserIdClaim)?.Value is not { } userId)
            return null;
        if (!CollabIdentity.IsValid(userId) || !IsAbsentOrValid(result.ClaimsIdentity.FindFirst(CollabIdentity.UserNameClaim)?.Value))
            return null;

        return (ToUser(result.ClaimsIdentity, userId), new DateTimeOffset(result.SecurityToken.ValidTo, TimeSpan.Zero));
    }

    public string Create(string userId, string userName, string? role)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var claims = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            [CollabIdentity.UserIdClaim] = userId,
            [CollabIdentity.UserNameClaim] = userName,
        };
        if (role is not null)
            claims[CollabIdentity.RoleClaim] = role;
        return _handler.CreateToken(new SecurityTokenDescriptor
        {
            Claims = claims,
            Issuer = _auth.Issuer,
            Audience = _auth.Audience,
            IssuedAt = now,
            NotBefore = now,
            Expires = now + DevelopmentLifetime,
            SigningCredentials = new SigningCredentials(signingKey.Key ?? throw new InvalidOperationException("There is no key to sign with."), SecurityAlgorithms.HmacSha256),
        });
    }

    /// <summary>
    /// The claims alone: a connection keeps its user for as long as it lives, and the identity that the handler makes keeps the token, its
    /// text and what was parsed of it.
    /// </summary>
    private static ClaimsIdentity ToUser(ClaimsIdentity validated, string userId)
    {
        var user = new ClaimsIdentity(validated.AuthenticationType, validated.NameClaimType, validated.RoleClaimType);
        user.AddClaims(validated.Claims.Select(claim => new Claim(claim.Type, claim.Value, claim.ValueType, claim.Issuer)));
        // by this claim SignalR finds all connections of a user
        user.AddClaim(new Claim(ClaimTypes.NameIdentifier, userId));
        return user;
    }

    /// <summary>
    /// With the authority's keys, but for tokens that say they are signed with our secret: each kind of key is only tried with the
    /// algorithms that it is for.
    /// </summary>
    private async Task<TokenValidationParameters?> CreateParametersAsync(string text)
    {
        var (parameters, token) = (CreateParameters(), new JsonWebToken(text));
        if (authority.IsKnown && token.Alg != SecurityAlgorithms.HmacSha256)
            return await authority.TryApplyAsync(parameters, token.Kid) ? parameters : null;
        (parameters.IssuerSigningKey, parameters.ValidAlgorithms) = (signingKey.Key, [SecurityAlgorithms.HmacSha256]);
        return parameters;
    }

    private TokenValidationParameters CreateParameters() => new()
    {
        AuthenticationType = CollabIdentity.Scheme,
        ValidateIssuer = _auth.Issuer is not null,
        ValidIssuer = _auth.Issuer,
        ValidateAudience = _auth.Audience is not null,
        ValidAudience = _auth.Audience,
        NameClaimType = CollabIdentity.UserNameClaim,
        RoleClaimType = CollabIdentity.RoleClaim,
        // with a clock of our own, so that expiry can be tested; a token without an end is refused
        LifetimeValidator = (notBefore, expires, _, _) => IsInForce(notBefore, expires, time.GetUtcNow().UtcDateTime),
    };

    private static bool IsInForce(DateTime? notBefore, DateTime? expires, DateTime now) =>
        expires is { } end && now < end + ClockSkew && (notBefore is not { } start || now > start - ClockSkew);

    private static bool IsAbsentOrValid(string? value) => value is null || CollabIdentity.IsValid(value);
}
