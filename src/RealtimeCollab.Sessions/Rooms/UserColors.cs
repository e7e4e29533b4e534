namespace RealtimeCollab.Sessions.Rooms;

/// <summary>
/// The colours of people. Each has a contrast of at least 4.5:1 with white, so that a name may stand in white on it, and of 3:1 with a
/// near-black page (WCAG 2.2, success criteria 1.4.3 and 1.4.11); any two differ by at least 17 (CIEDE2000).
/// </summary>
public static class UserColors
{
    /// <summary>The colours there are, as <c>#rrggbb</c>.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        "#008478", "#00789c", "#4860e4", "#786090", "#a800fc", "#d8249c", "#9c5460", "#e40030", "#b44800", "#9c6c00", "#606c00", "#008430",
    ];

    /// <summary>Where in <see cref="All"/> a colour is; null if it is not there.</summary>
    internal static int? IndexOf(string? color)
    {
        for (var index = 0; index < All.Count; index++)
        {
            if (string.Equals(All[index], color, StringComparison.Ordinal))
                return index;
        }

        return null;
    }

    /// <summary>
    /// Where in <see cref="All"/> the colour is that a user has if nobody else has it: the same on every node and after every restart.
    /// </summary>
    internal static int PreferenceOf(string userId)
    {
        // FNV-1a (Fowler, Noll, Vo): string.GetHashCode differs from process to process
        var hash = 2166136261u;
        foreach (var unit in userId)
            hash = (hash ^ unit) * 16777619u;
        return (int)(hash % (uint)All.Count);
    }
}
