using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace RealtimeCollab.Server.Webhooks;

/// <summary>
/// Signs requests as the specification Standard Webhooks has it: HMAC-SHA256 over <c>id.timestamp.body</c>, written as <c>v1,</c> and Base64.
/// </summary>
internal sealed class WebhookSecret
{
    public const string Form = "whsec_ followed by 24 to 64 bytes in Base64";

    private const string Prefix = "whsec_";
    private const string Version = "v1,";
    private const int MinBytes = 24;
    private const int MaxBytes = 64;

    private readonly byte[] _key;

    private WebhookSecret(byte[] key) => _key = key;

    public static bool TryParse(string? text, [NotNullWhen(true)] out WebhookSecret? secret)
    {
        secret = null;
        if (text?.StartsWith(Prefix, StringComparison.Ordinal) != true)
            return false;
        Span<byte> key = stackalloc byte[MaxBytes];
        if (!Convert.TryFromBase64String(text[Prefix.Length..], key, out var length) || length < MinBytes)
            return false;
        secret = new WebhookSecret(key[..length].ToArray());
        return true;
    }

    /// <summary>The signature of a request.</summary>
    /// <param name="eventId">The header <c>webhook-id</c>.</param>
    /// <param name="timestamp">The header <c>webhook-timestamp</c>: seconds since 1970.</param>
    /// <param name="body">The body as it is sent.</param>
    public string Sign(string eventId, long timestamp, ReadOnlySpan<byte> body)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _key);
        hash.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{eventId}.{timestamp}.")));
        hash.AppendData(body);
        return Version + Convert.ToBase64String(hash.GetHashAndReset());
    }
}
