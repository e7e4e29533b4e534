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

    /// <summary>Beside an axis, where round numbers need no more digits than they have.</summary>
    public static string RoundMilliseconds(double milliseconds) => milliseconds >= 1000
        ? $"{(milliseconds / 1000).ToString("#,0.###", CultureInfo.InvariantCulture)} s"
        : $"{milliseconds.ToString("0.###", CultureInfo.InvariantCulture)} ms";

    /// <inheritdoc cref="RoundMilliseconds"/>
    public static string RoundNumber(double number) => number.ToString("#,0.###", CultureInfo.InvariantCulture);

    /// <summary>In powers of 1000, as networks count.</summary>
    public static string Bytes(double bytes) => Bytes(bytes, Number);

    /// <inheritdoc cref="RoundMilliseconds"/>
    public static string RoundBytes(double bytes) => Bytes(bytes, RoundNumber);

    public static string Seconds(double seconds) => seconds switch
    {
        >= 7200 => $"{Number(seconds / 3600)} h",
        >= 120 => $"{Number(seconds / 60)} min",
        _ => $"{seconds.ToString("0.##", CultureInfo.InvariantCulture)} s",
    };

    /// <summary>A name in words: <c>editsSeen</c> as <c>Edits seen</c>, <c>office-day</c> as <c>Office day</c>.</summary>
    public static string Words(string name) => string.Concat(name.Select((letter, place) => (letter, place) switch
    {
        (_, 0) => char.ToUpperInvariant(letter).ToString(),
        ('-', _) => " ",
        _ => char.IsUpper(letter) ? $" {char.ToLowerInvariant(letter)}" : letter.ToString(),
    }));

    private static string Bytes(double bytes, Func<double, string> write)
    {
        var unit = 0;
        for (; Math.Abs(bytes) >= 1000 && unit < ByteUnits.Length - 1; unit++)
            bytes /= 1000;
        return $"{write(bytes)} {ByteUnits[unit]}";
    }
}
