using System.Text;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace RealtimeCollab.Server.Tests.Support;

/// <summary>Tokens as an application signs them, good and bad ones.</summary>
internal static class TestTokens
{
    public const string Key = "a-key-for-tests-of-more-than-thirty-two-bytes";
    public const string OtherKey = "another-key-of-more-than-thirty-two-bytes-too";

    public static readonly DateTime Future = new(2100, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    public static readonly DateTime Past = new(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    public static string Sign(string key, string? userId, DateTime? expires, string? issuer = null, string? audience = null, string? role = null) =>
        Sign(new SigningCredentials(new SymmetricSecurityKey(Encoding.UTF8.GetBytes(key)), SecurityAlgorithms.HmacSha256), userId, expires, issuer, audience, role);

    public static string Sign(SigningCredentials credentials, string? userId, DateTime? expires, string? issuer = null, string? audience = null, string? role = null)
    {
        var handler = new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false };
        var claims = new Dictionary<string, object>(StringComparer.Ordinal);
        if (userId is not null)
            claims["sub"] = userId;
        if (role is not null)
            claims["role"] = role;
        return handler.CreateToken(new SecurityTokenDescriptor
        {
            Claims = claims,
            Issuer = issuer,
            Audience = audience,
            Expires = expires,
            SigningCredentials = credentials,
        });
    }
}
