using RealtimeCollab.OperationalTransform;

namespace RealtimeCollab.Benchmarks.Workloads;

/// <summary>Ten thousand characters typed one after the other into the middle of a document of a thousand.</summary>
public static class Typing
{
    /// <summary>How many.</summary>
    public const int Count = 10_000;

    /// <summary>The length of the document before.</summary>
    public const int Length = 1000;

    /// <summary>The operations, one for each character.</summary>
    public static TextOperation[] Operations() =>
        [.. Enumerable.Range(0, Count).Select(static k => TextOperation.Replace(Length + k, (Length / 2) + k, 0, "abcdefghij".Substring(k % 10, 1)))];

    /// <summary>Composes them, each onto what has come together, as a client's buffer does.</summary>
    public static TextOperation Compose(TextOperation[] operations)
    {
        var composed = operations[0];
        for (var i = 1; i < operations.Length; i++)
            composed = composed.Compose(operations[i]);

        return composed;
    }
}
