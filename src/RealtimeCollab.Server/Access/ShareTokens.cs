using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace RealtimeCollab.Server.Access;

/// <summary>The secrets of share links: 256 random bits in base64url, of which the store holds the hash.</summary>
internal static class ShareTokens
{
    private const int Bytes = 32;

    public static string Create() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>SHA-256 in hexadecimal. No salt: a token is not to be guessed, so neither is its hash.</summary>
    public static string Hash(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
