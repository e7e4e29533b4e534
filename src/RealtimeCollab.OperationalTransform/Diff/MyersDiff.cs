using System.Text;

namespace RealtimeCollab.OperationalTransform;

/// <summary>
/// Myers' greedy search for the shortest script of inserts and deletes, over code points, bounded: it keeps the furthest points of every round, to walk
/// back on, which is D² / 2 numbers for D differences.
/// </summary>
internal static class MyersDiff
{
    /// <summary>Beyond this many differences it gives up: a text that differs so much is new, not edited.</summary>
    public const int MaxDifferences = 1000;

    // the search may look at every code point once for each difference
    private const int MaxSteps = 50_000_000;

    /// <summary>Adds the script to an operation, or gives up and adds nothing.</summary>
    public static bool TryWrite(ReadOnlySpan<char> oldText, ReadOnlySpan<char> newText, OperationBuilder operation)
    {
        var (before, after) = (CodePoints(oldText), CodePoints(newText));
        if (Search(before, after) is not { } rounds)
            return false;

        foreach (var (kept, inserted, deleted) in WalkBack(before, after, rounds))
        {
            operation.Retain(Units(before, kept));
            operation.Delete(Units(before, deleted));
            operation.Insert(Text(after, inserted));
        }

        return true;
    }

    /// <summary>For each number of differences the furthest x on every diagonal, until the ends are reached; null if there are too many.</summary>
    private static List<int[]>? Search(int[] before, int[] after)
    {
        var rounds = new List<int[]>();
        var total = before.Length + after.Length;
        var limit = Math.Min(Math.Min(MaxDifferences, MaxSteps / total), total);
        var furthest = new int[(2 * limit) + 3];
        var center = limit + 1;
        for (var differences = 0; differences <= limit; differences++)
        {
            for (var diagonal = -differences; diagonal <= differences; diagonal += 2)
            {
                var down = diagonal == -differences
                    || (diagonal != differences && furthest[center + diagonal - 1] < furthest[center + diagonal + 1]);
                var x = down ? furthest[center + diagonal + 1] : furthest[center + diagonal - 1] + 1;
                while (x < before.Length && x - diagonal < after.Length && before[x] == after[x - diagonal])
                    x++;

                furthest[center + diagonal] = x;
                if (x >= before.Length && x - diagonal >= after.Length)
                    return rounds;
            }

            rounds.Add(furthest.AsSpan(center - differences - 1, (2 * differences) + 3).ToArray());
        }

        return null;
    }

    /// <summary>The script from start to end: what is kept, then inserted or deleted, as ranges of the one text or the other.</summary>
    private static List<(Range Kept, Range Inserted, Range Deleted)> WalkBack(int[] before, int[] after, List<int[]> rounds)
    {
        var script = new List<(Range Kept, Range Inserted, Range Deleted)>();
        var (x, y) = (before.Length, after.Length);
        for (var differences = rounds.Count; differences > 0; differences--)
        {
            var furthest = rounds[differences - 1]; // diagonals -differences to differences
            var center = differences;
            var diagonal = x - y;
            var down = diagonal == -differences
                || (diagonal != differences && furthest[center + diagonal - 1] < furthest[center + diagonal + 1]);
            var previousX = furthest[center + diagonal + (down ? 1 : -1)];
            var previousY = previousX - diagonal - (down ? 1 : -1);
            var (startX, startY) = down ? (previousX, previousY + 1) : (previousX + 1, previousY);
            script.Add((startX..x, y..y, x..x));
            script.Add((previousX..previousX, previousY..startY, previousX..startX));
            (x, y) = (previousX, previousY);
        }

        script.Add((0..x, 0..0, 0..0));
        script.Reverse();
        return script;
    }

    private static int[] CodePoints(ReadOnlySpan<char> text)
    {
        var points = new List<int>(text.Length);
        foreach (var rune in text.EnumerateRunes())
            points.Add(rune.Value);

        return [.. points];
    }

    private static int Units(int[] points, Range range)
    {
        var units = 0;
        foreach (var point in points.AsSpan(range))
            units += new Rune(point).Utf16SequenceLength;

        return units;
    }

    private static string Text(int[] points, Range range)
    {
        var text = new StringBuilder();
        foreach (var point in points.AsSpan(range))
            text.Append(new Rune(point).ToString());

        return text.ToString();
    }
}
