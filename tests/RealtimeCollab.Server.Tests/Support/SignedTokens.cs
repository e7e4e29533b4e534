using System.Text;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace RealtimeCollab.Server.Tests.Support;

/// <summary>Tokens as an application signs them, for servers outside the Development environment.</summary>
internal static class SignedTokens
{
    public const string Key = "a-key-for-tests-of-more-than-thirty-two-bytes";

    public static string Create(string userId, string? role)
    {
        var claims = new Dictionary<string, object>(StringComparer.Ordinal) { ["sub"] = userId, ["name"] = userId };
        if (role is not null)
            claims["role"] = role;
        return new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Claims = claims,
            Expires = TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(1),
            SigningCredentials = new SigningCredentials(new SymmetricSecurityKey(Encoding.UTF8.GetBytes(Key)), SecurityAlgorithms.HmacSha256),
        });
    }
}
