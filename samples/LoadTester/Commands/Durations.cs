using System.Globalization;

namespace RealtimeCollab.LoadTester.Commands;

/// <summary>Durations as people write them: <c>90</c> or <c>90s</c>, <c>500ms</c>, <c>5m</c>, <c>2h</c>.</summary>
internal static class Durations
{
    private static readonly (string Suffix, TimeSpan Unit)[] Units =
    [
        ("ms", TimeSpan.FromMilliseconds(1)), ("s", TimeSpan.FromSeconds(1)), ("m", TimeSpan.FromMinutes(1)), ("h", TimeSpan.FromHours(1)), ("", TimeSpan.FromSeconds(1)),
    ];

    /// <summary>Reads one; null if it is none, or longer than a week.</summary>
    public static TimeSpan? Parse(string text)
    {
        var (suffix, unit) = Units.First(unit => text.EndsWith(unit.Suffix, StringComparison.Ordinal));
        return double.TryParse(text.AsSpan(0, text.Length - suffix.Length), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            && number * unit.TotalDays <= 7
            ? unit * number
            : null;
    }
}
