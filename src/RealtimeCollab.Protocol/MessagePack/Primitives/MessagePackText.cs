using System.Text;
using System.Text.Unicode;

namespace RealtimeCollab.Protocol.MessagePack.Primitives;

/// <summary>Strings from anyone: UTF-8 or refused. Half a surrogate pair, which JavaScript's encoders let through as three bytes, is told apart.</summary>
internal static class MessagePackText
{
    // a surrogate encoded by itself: ED, A0 to BF, any continuation
    private const byte SurrogateLead = 0xED;
    private const byte FirstSurrogateSecond = 0xA0;

    /// <summary>The text.</summary>
    /// <exception cref="MessagePackException">It is no UTF-8.</exception>
    public static string Decode(ReadOnlySpan<byte> utf8)
    {
        Check(utf8);
        return Encoding.UTF8.GetString(utf8);
    }

    /// <exception cref="MessagePackException">It is no UTF-8.</exception>
    public static void Check(ReadOnlySpan<byte> utf8)
    {
        if (Utf8.IsValid(utf8))
            return;
        throw HasSurrogate(utf8)
            ? new MessagePackException(MessagePackFault.LoneSurrogate, "A string holds half a surrogate pair.")
            : new MessagePackException(MessagePackFault.Text, "A string is not UTF-8.");
    }

    private static bool HasSurrogate(ReadOnlySpan<byte> bytes)
    {
        for (var at = bytes.IndexOf(SurrogateLead); at >= 0 && at + 1 < bytes.Length;)
        {
            if (bytes[at + 1] >= FirstSurrogateSecond)
                return true;
            var next = bytes[(at + 1)..].IndexOf(SurrogateLead);
            at = next < 0 ? next : at + 1 + next;
        }

        return false;
    }
}
