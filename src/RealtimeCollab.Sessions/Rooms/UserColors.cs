namespace RealtimeCollab.Sessions.Rooms;

/// <summary>
/// Gives every user a colour, the same on every node and after every restart. All have enough contrast both on a white and on a
/// near-black page (at least 3:1, WCAG 2.2 success criterion 1.4.11), and lie apart in hue.
/// </summary>
public static class UserColors
{
    private static readonly string[] Palette =
    [
        "#d9480f", "#c2255c", "#9c36b5", "#6741d9", "#3b5bdb", "#1971c2", "#0c8599", "#099268", "#2f9e44", "#66a80f", "#b7791f", "#a0522d",
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
