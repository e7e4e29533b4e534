using System.Security.Cryptography;
using System.Text;

namespace RealtimeCollab.Server.Chat;

/// <summary>
/// Names the room of two users, whoever of them opens it: after a hash of both ids, since ids may be longer than a room's and hold
/// any characters.
/// </summary>
internal static class DirectRooms
{
    public const string Prefix = "~direct.";

    private const int HashDigits = 32;

    public static string IdOf(string one, string other)
    {
        var (first, second) = string.CompareOrdinal(one, other) <= 0 ? (one, other) : (other, one);
        // the length tells where the first id ends
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{first.Length}:{first}{second}"));
        return Prefix + Convert.ToHexStringLower(hash)[..HashDigits];
    }
}
