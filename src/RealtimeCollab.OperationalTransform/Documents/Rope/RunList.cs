namespace RealtimeCollab.OperationalTransform.Rope;

/// <summary>
/// The runs of a leaf: an array that never changes, whose lengths add up to the leaf's; null where all is plain text, which is most leaves of most
/// documents. Neighbours that can be one run are one.
/// </summary>
internal static class RunList
{
    public static Run[]? Of(int length, AttributeMap? attributes, Embed? embed) =>
        length == 0 || (attributes is null && embed is null) ? null : [new Run(length, attributes, embed)];

    /// <summary>The runs of a part.</summary>
    public static Run[]? Slice(Run[]? runs, int start, int length)
    {
        if (runs is null || length == 0)
            return null;

        var slice = new List<Run>(runs.Length);
        var at = 0;
        foreach (var run in runs)
        {
            var from = Math.Max(start, at);
            var to = Math.Min(start + length, at + run.Length);
            if (from < to)
                slice.Add(run with { Length = to - from });

            at += run.Length;
        }

        return ToArray(slice);
    }

    /// <summary>The runs of two neighbours.</summary>
    public static Run[]? Concat(Run[]? left, int leftLength, Run[]? right, int rightLength)
    {
        if (left is null && right is null)
            return null;

        var joined = new List<Run>((left?.Length ?? 1) + (right?.Length ?? 1));
        AddAll(joined, left, leftLength);
        AddAll(joined, right, rightLength);
        return ToArray(joined);
    }

    /// <summary>The runs after formatting all of them.</summary>
    public static Run[]? Format(Run[]? runs, int length, AttributeMap changes)
    {
        var formatted = new List<Run>(runs?.Length ?? 1);
        foreach (var run in runs ?? [new Run(length, null, null)])
            Add(formatted, run with { Attributes = AttributeMap.Compose(run.Attributes, changes, keepNull: false) });

        return ToArray(formatted);
    }

    /// <summary>What attributes and embeds of the runs hold.</summary>
    public static long Weigh(Run[] runs)
    {
        var weight = 0L;
        foreach (var run in runs)
            weight += (run.Attributes?.Weight ?? 0) + (run.Embed?.Json.Length ?? 0);
        return weight;
    }

    private static void AddAll(List<Run> list, Run[]? runs, int length)
    {
        if (runs is null)
        {
            if (length > 0)
                Add(list, new Run(length, null, null));
            return;
        }

        foreach (var run in runs)
            Add(list, run);
    }

    private static void Add(List<Run> list, in Run run)
    {
        if (list.Count > 0 && list[^1].Joins(run))
            list[^1] = run with { Length = list[^1].Length + run.Length };
        else
            list.Add(run);
    }

    private static Run[]? ToArray(List<Run> list) => list is [] || (list is [var only] && only.IsPlain) ? null : [.. list];
}
