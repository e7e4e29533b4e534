using System.Text;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace RealtimeCollab.LoadTester.Faults.Cluster;

/// <summary>Tokens as an application signs them.</summary>
internal static class SignedTokens
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(12);

    public static string Create(string userId, string signingKey) => new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
    {
        Claims = new Dictionary<string, object>(StringComparer.Ordinal) { ["sub"] = userId, ["name"] = userId },
        Expires = (TimeProvider.System.GetUtcNow() + Lifetime).UtcDateTime,
        SigningCredentials = new SigningCredentials(new SymmetricSecurityKey(Encoding.UTF8.GetBytes(signingKey)), SecurityAlgorithms.HmacSha256),
    });
}
