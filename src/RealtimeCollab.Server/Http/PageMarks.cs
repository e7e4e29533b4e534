using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using RealtimeCollab.Server.Identity;
using RealtimeCollab.Sessions;

namespace RealtimeCollab.Server.Http;

/// <summary>
/// Where a list goes on, for callers who may not know what stands there: an id that is encrypted (AES-GCM) with a key derived from the
/// server's, so that every node can read it. It begins with a character that no id has, and has one length for all ids.
/// </summary>
internal sealed class PageMarks(SigningKey signingKey)
{
    private const char Sign = '!';
    private const int MaxIdLength = 128;
    private const string KeyPurpose = "RealtimeCollab pages";
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private const int MarkBytes = NonceBytes + TagBytes + MaxIdLength;

    private readonly byte[] _key = HKDF.DeriveKey(HashAlgorithmName.SHA256, signingKey.Secret, SHA256.HashSizeInBytes, info: Encoding.UTF8.GetBytes(KeyPurpose));

    public static bool IsMark(string? value) => value?.StartsWith(Sign) == true;

    /// <param name="id">At most 128 characters of ASCII.</param>
    public string Write(string id)
    {
        var mark = new byte[MarkBytes];
        RandomNumberGenerator.Fill(NonceOf(mark));
        Span<byte> padded = stackalloc byte[MaxIdLength];
        padded[Encoding.ASCII.GetBytes(id, padded)..].Clear();
        using var cipher = new AesGcm(_key, TagBytes);
        cipher.Encrypt(NonceOf(mark), padded, TextOf(mark), TagOf(mark));
        return Sign + Base64Url.EncodeToString(mark);
    }

    /// <exception cref="CollabException"><see cref="CollabError.InvalidRequest"/>: this server did not write it.</exception>
    public string Read(string text)
    {
        var mark = new byte[MarkBytes];
        Span<byte> padded = stackalloc byte[MaxIdLength];
        using var cipher = new AesGcm(_key, TagBytes);
        try
        {
            if (!Base64Url.TryDecodeFromChars(text.AsSpan(1), mark, out var length) || length != mark.Length)
                throw Unknown();
            cipher.Decrypt(NonceOf(mark), TextOf(mark), TagOf(mark), padded);
        }
        catch (Exception forged) when (forged is AuthenticationTagMismatchException or FormatException)
        {
            throw Unknown();
        }

        return Encoding.ASCII.GetString(padded.TrimEnd((byte)0));
    }

    private static Span<byte> NonceOf(byte[] mark) => mark.AsSpan(0, NonceBytes);

    private static Span<byte> TagOf(byte[] mark) => mark.AsSpan(NonceBytes, TagBytes);

    private static Span<byte> TextOf(byte[] mark) => mark.AsSpan(NonceBytes + TagBytes);

    private static CollabException Unknown() => CollabException.InvalidRequest("after is an id, or the next of the page before.");
}
