using System.Globalization;

namespace RealtimeCollab.LoadTester.Reports;

/// <summary>Numbers as people read them, with three digits that mean something.</summary>
internal static class Figures
{
    private static readonly string[] ByteUnits = ["B", "KB", "MB", "GB", "TB"];

    public static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>Any number.</summary>
    public static string Number(double number) => Math.Abs(number) switch
    {
        0 => "0",
        >= 100 => number.ToString("N0", CultureInfo.InvariantCulture),
        >= 10 => number.ToString("0.0", CultureInfo.InvariantCulture),
        >= 1 => number.ToString("0.00", CultureInfo.InvariantCulture),
        _ => number.ToString("0.000", CultureInfo.InvariantCulture),
    };

    public static string Milliseconds(double milliseconds) =>
        milliseconds >= 10_000 ? $"{Number(milliseconds / 1000)} s" : $"{Number(milliseconds)} ms";

    /// <summary>In powers of 1000, as networks count.</summary>
    public static string Bytes(double bytes)
    {
        var unit = 0;
        for (; Math.Abs(bytes) >= 1000 && unit < ByteUnits.Length - 1; unit++)
            bytes /= 1000;
        return $"{Number(bytes)} {ByteUnits[unit]}";
    }

    public static string Seconds(double seconds) => seconds switch
    {
        >= 7200 => $"{Number(seconds / 3600)} h",
        >= 120 => $"{Number(seconds / 60)} min",
        _ => $"{seconds.ToString("0.##", CultureInfo.InvariantCulture)} s",
    };

    /// <summary>The name of a count in words: <c>editsSeen</c> as <c>Edits seen</c>.</summary>
    public static string Words(string name) => string.Concat(name.Select((letter, place) =>
        place == 0 ? char.ToUpperInvariant(letter).ToString() : char.IsUpper(letter) ? $" {char.ToLowerInvariant(letter)}" : letter.ToString()));
}
