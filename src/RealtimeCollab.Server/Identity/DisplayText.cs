using System.Buffers;

namespace RealtimeCollab.Server.Identity;

/// <summary>
/// Names stand inside lines of other text. The explicit directional characters of Unicode (UAX #9, section 2) reorder what follows
/// them, so that a name could pretend to be another one, or turn around a time or a number beside it.
/// </summary>
internal static class DisplayText
{
    private static readonly SearchValues<char> Directional = SearchValues.Create(
        "\u061C\u200E\u200F\u202A\u202B\u202C\u202D\u202E\u2066\u2067\u2068\u2069");

    public static bool HasDirection(string text) => text.AsSpan().ContainsAny(Directional);

    public static string WithoutDirection(string text) =>
        HasDirection(text) ? string.Concat(text.Where(character => !Directional.Contains(character))) : text;
}
