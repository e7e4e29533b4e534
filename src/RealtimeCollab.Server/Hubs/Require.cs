using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using RealtimeCollab.Server.Identity;
using RealtimeCollab.Sessions;

namespace RealtimeCollab.Server.Hubs;

/// <summary>The forms that members of requests have to have.</summary>
internal static class Require
{
    private const int MaxIdLength = 128;
    private const int MaxNameLength = 200;

    /// <summary>Ids are names of members in messages; of this one JavaScript makes none, and decoders of MessagePack fail at it.</summary>
    private const string Prototype = "__proto__";

    private static readonly SearchValues<char> IdCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._~-");

    public static void DocumentId([NotNull] string? value) => Id(value, "documentId");

    public static IReadOnlyCollection<string> DocumentIds(IReadOnlyList<string>? values)
    {
        foreach (var value in values ?? [])
            DocumentId(value);
        return values ?? [];
    }

    public static IReadOnlyCollection<string> UserIds(IReadOnlyList<string>? values)
    {
        if (values?.All(CollabIdentity.IsValid) == false)
            throw CollabException.InvalidRequest("userIds: an id has 1 to 128 UTF-16 code units and no control characters.");
        return values ?? [];
    }

    public static void RoomId([NotNull] string? value) => Id(value, "roomId");

    public static void OperationId([NotNull] string? value) => Key(value, "operationId");

    /// <summary>What a client names something by that it may send again.</summary>
    public static void Key([NotNull] string? value, string name)
    {
        // U+0000 is no character that every store can keep
        if (value is not { Length: > 0 and <= MaxIdLength } || value.Any(char.IsControl))
            throw CollabException.InvalidRequest($"{name} has 1 to 128 UTF-16 code units and no control characters.");
    }

    public static void VersionName([NotNull] string? value)
    {
        if (string.IsNullOrWhiteSpace(value) || value.Length > MaxNameLength || value.Any(char.IsControl))
            throw CollabException.InvalidRequest($"name has 1 to {MaxNameLength} UTF-16 code units and no control characters.");
    }

    /// <summary>Stands beside other text, which it must not turn around.</summary>
    public static string? OptionalTitle(string? value)
    {
        if (string.IsNullOrWhiteSpace(value))
            return null;
        return value.Length <= MaxNameLength && !value.Any(char.IsControl) && !DisplayText.HasDirection(value)
            ? value
            : throw CollabException.InvalidRequest($"title has at most {MaxNameLength} UTF-16 code units, no control characters and none that set the direction of text.");
    }

    public static long? OptionalRevision(string? value, string name) => OptionalNumber(value, name);

    public static long? OptionalNumber(string? value, string name)
    {
        if (string.IsNullOrEmpty(value))
            return null;
        return long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw CollabException.InvalidRequest($"{name} is an integer from 0.");
    }

    /// <summary>How much of a list is asked for.</summary>
    /// <param name="value">As it was sent.</param>
    /// <param name="usual">If nothing was.</param>
    /// <param name="most">What may be asked for.</param>
    public static int OptionalLimit(string? value, int usual, int most)
    {
        if (string.IsNullOrEmpty(value))
            return usual;
        return int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit >= 1 && limit <= most
            ? limit
            : throw CollabException.InvalidRequest($"limit is 1 to {most}.");
    }

    public static void NotNegative(long value, string name)
    {
        if (value < 0)
            throw CollabException.InvalidRequest($"{name} must not be negative.");
    }

    public static string? OptionalId(string? value, string name)
    {
        if (string.IsNullOrEmpty(value))
            return null;
        return IsId(value) ? value : throw CollabException.InvalidRequest($"{name} has 1 to 128 characters of A-Z a-z 0-9 . _ ~ -, and is not {Prototype}");
    }

    public static string? OptionalLabel(string? value, string name)
    {
        if (string.IsNullOrEmpty(value))
            return null;
        return value.Length <= MaxIdLength && !value.Any(char.IsControl)
            ? value
            : throw CollabException.InvalidRequest($"{name} has at most 128 UTF-16 code units and no control characters.");
    }

    /// <summary>Stands beside other text, which it must not turn around.</summary>
    public static string? StatusText(string? value)
    {
        if (value is not null && DisplayText.HasDirection(value))
            throw CollabException.InvalidRequest("text must not hold characters that set the direction of text.");
        return OptionalLabel(value, "text");
    }

    private static void Id([NotNull] string? value, string name)
    {
        if (!IsId(value))
            throw CollabException.InvalidRequest($"{name} has 1 to 128 characters of A-Z a-z 0-9 . _ ~ -, and is not {Prototype}");
    }

    private static bool IsId([NotNullWhen(true)] string? value) =>
        value is { Length: > 0 and <= MaxIdLength } && !value.AsSpan().ContainsAnyExcept(IdCharacters) && value is not Prototype;
}
