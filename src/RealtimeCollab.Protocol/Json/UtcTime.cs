using System.Diagnostics;
using System.Globalization;

namespace RealtimeCollab.Protocol.Json;

/// <summary>Times as ISO 8601 in UTC with milliseconds, as JavaScript's <c>toISOString</c> writes them.</summary>
internal static class UtcTime
{
    /// <summary>How many bytes a time has.</summary>
    public const int Length = 24;

    private const string Format = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    public static void Write(DateTimeOffset time, Span<byte> utf8)
    {
        var isWritten = time.UtcDateTime.TryFormat(utf8, out var written, Format, CultureInfo.InvariantCulture);
        Debug.Assert(isWritten && written == Length, "Years have four digits.");
    }

    /// <summary>Reads what <see cref="Write"/> writes, and nothing else.</summary>
    public static bool TryRead(ReadOnlySpan<byte> utf8, out DateTimeOffset time)
    {
        time = default;
        Span<char> text = stackalloc char[Length];
        if (utf8.Length != Length)
            return false;
        for (var i = 0; i < Length; i++)
            text[i] = (char)utf8[i];
        return DateTimeOffset.TryParseExact(text, Format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time);
    }
}
