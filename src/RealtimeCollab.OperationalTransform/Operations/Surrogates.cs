namespace RealtimeCollab.OperationalTransform;

/// <summary>The rule that no text and no boundary splits a surrogate pair.</summary>
internal static class Surrogates
{
    /// <summary>Refuses text with half a pair in it.</summary>
    public static void Check(ReadOnlySpan<char> text)
    {
        // most text has none at all, and that is found at vector speed
        var at = text.IndexOfAnyInRange('\uD800', '\uDFFF');
        while (at >= 0)
        {
            if (at + 1 >= text.Length || !char.IsSurrogatePair(text[at], text[at + 1]))
                throw Refusal.LoneSurrogate();

            var next = text[(at + 2)..].IndexOfAnyInRange('\uD800', '\uDFFF');
            at = next < 0 ? -1 : at + 2 + next;
        }
    }

    /// <summary>Whether a cut before <paramref name="index"/> would separate a pair.</summary>
    public static bool IsCut(ReadOnlySpan<char> text, int index) =>
        index > 0 && index < text.Length && char.IsLowSurrogate(text[index]) && char.IsHighSurrogate(text[index - 1]);
}
