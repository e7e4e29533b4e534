namespace RealtimeCollab.Server.Formats;

/// <summary>Which addresses may stand in what people open: none that runs a script, none of any length, and no data but pictures.</summary>
internal static class SafeAddress
{
    /// <summary>In UTF-16 code units; pictures that are their own address may be longer.</summary>
    public const int MaxLength = 2048;

    private static readonly string[] LinkSchemes = ["http", "https", "mailto", "tel"];
    private static readonly string[] ImageSchemes = ["http", "https"];
    private static readonly string[] ImageData = ["data:image/png;base64,", "data:image/jpeg;base64,", "data:image/gif;base64,", "data:image/webp;base64,"];

    public static bool IsLink(string address) => HasScheme(address, LinkSchemes);

    public static bool IsImage(string address) =>
        Array.Exists(ImageData, start => address.StartsWith(start, StringComparison.OrdinalIgnoreCase)) || HasScheme(address, ImageSchemes);

    /// <summary>One of these schemes, or none at all: an address relative to the page.</summary>
    private static bool HasScheme(string address, string[] schemes)
    {
        if (address.Length > MaxLength)
            return false;
        // browsers pass over white space and control characters, wherever they stand
        var seen = string.Concat(address.Where(character => character > ' ' && !char.IsControl(character)));
        var end = seen.AsSpan().IndexOfAny(":/?#");
        if (end < 0 || seen[end] != ':')
            return seen.Length > 0;
        return Array.Exists(schemes, scheme => seen.AsSpan(0, end).Equals(scheme, StringComparison.OrdinalIgnoreCase));
    }
}
