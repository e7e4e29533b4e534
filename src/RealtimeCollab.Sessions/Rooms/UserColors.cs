namespace RealtimeCollab.Sessions.Rooms;

/// <summary>
/// Gives every user a colour, the same on every node and after every restart. All have enough contrast both on a white and on a
/// near-black page (at least 3:1, WCAG 2.2 success criterion 1.4.11), and lie apart in hue.
/// </summary>
public static class UserColors
{
    private static readonly string[] Palette =
    [
        "#d9480f", "#d6336c", "#ae3ec9", "#7c5cf0", "#4c6ef5", "#1c7ed6", "#1098ad", "#0c9a6f", "#2f9e44", "#6b9b0a", "#b7791f", "#b0603a",
    ];

    /// <summary>The colours there are, as <c>#rrggbb</c>.</summary>
    public static IReadOnlyList<string> All => Palette;

    /// <summary>The colour of a user, <c>#rrggbb</c>.</summary>
    public static string For(string userId)
    {
        ArgumentNullException.ThrowIfNull(userId);
        // FNV-1a (Fowler, Noll, Vo): string.GetHashCode differs from process to process
        var hash = 2166136261u;
        foreach (var unit in userId)
            hash = (hash ^ unit) * 16777619u;
        return Palette[hash % (uint)Palette.Length];
    }
}
