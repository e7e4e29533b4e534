namespace RealtimeCollab.OperationalTransform;

/// <summary>The rule that no text and no boundary splits a surrogate pair.</summary>
internal static class Surrogates
{
    /// <summary>Refuses text with half a pair in it.</summary>
    public static void Check(ReadOnlySpan<char> text)
    {
        for (var at = FirstSurrogate(text, 0); at < text.Length; at = FirstSurrogate(text, at + 2))
        {
            if (at + 1 >= text.Length || !char.IsSurrogatePair(text[at], text[at + 1]))
                throw Refusal.LoneSurrogate();
        }
    }

    /// <summary>Whether a cut before <paramref name="index"/> would separate a pair.</summary>
    public static bool IsCut(ReadOnlySpan<char> text, int index) =>
        index > 0 && index < text.Length && char.IsLowSurrogate(text[index]) && char.IsHighSurrogate(text[index - 1]);

    /// <summary>The index of the first half of a pair from a start on; the length if there is none, as in most text.</summary>
    private static int FirstSurrogate(ReadOnlySpan<char> text, int start)
    {
        // a typed key is not worth the vectors
        var end = Math.Min(text.Length, start + 8);
        for (; start < end; start++)
        {
            if (char.IsSurrogate(text[start]))
                return start;
        }

        var found = start < text.Length ? text[start..].IndexOfAnyInRange('\uD800', '\uDFFF') : -1;
        return found < 0 ? text.Length : start + found;
    }
}
