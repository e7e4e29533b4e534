using RealtimeCollab.OperationalTransform;

namespace RealtimeCollab.LoadTester.Clients;

/// <summary>
/// Writes as people do: letter after letter at the caret, now and then over the letter before, and sometimes somewhere else. Every edit inserts
/// something, so that none that were composed come to nothing and are not sent; and a document does not grow without end.
/// </summary>
internal sealed class Typist(Random random)
{
    /// <summary>Beyond so many UTF-16 code units, a piece goes with each letter that comes.</summary>
    public const int LongDocument = 50_000;

    private const int Piece = 2_000;
    private const double JumpsPerEdit = 0.02;
    private const double OverwritesPerEdit = 0.08;
    private const string Letters = "the quick brown fox jumps over the lazy dog and ";

    private int _letter = random.Next(Letters.Length);

    /// <summary>Some text to begin a document with.</summary>
    public static string Text(int length) => string.Concat(Enumerable.Repeat(Letters, (length / Letters.Length) + 1))[..length];

    /// <summary>Where the caret is put before the next letter; null: it stays.</summary>
    /// <param name="length">Of the document.</param>
    public int? Jump(int length) => random.NextDouble() < JumpsPerEdit ? random.Next((length / 2) + 1) : null;

    /// <summary>The next letter, at the caret; without one, at the end.</summary>
    public TextOperation Next(Document content, Selection? selection)
    {
        var caret = Math.Min(selection is { Ranges: [var range, ..] } ? range.Head : content.Length, content.Length);
        _letter = (_letter + 1) % Letters.Length;
        var deleted = content.Length > LongDocument ? Math.Min(caret, Piece) : caret > 0 && random.NextDouble() < OverwritesPerEdit ? 1 : 0;
        return TextOperation.Replace(content.Length, caret - deleted, deleted, Letters.Substring(_letter, 1));
    }
}
