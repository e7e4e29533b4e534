using System.Text.RegularExpressions;

namespace RealtimeCollab.Server.Tests.Packages;

/// <summary>One table of docs/clients.md: the types that its heading names, and the members that its rows name.</summary>
internal sealed partial record NameTable
{
    private const string Absent = "—";

    public required IReadOnlyList<string> TypeScriptTypes { get; init; }

    public required IReadOnlyList<string> DotNetTypes { get; init; }

    public required IReadOnlyList<string> TypeScriptMembers { get; init; }

    public required IReadOnlyList<string> DotNetMembers { get; init; }

    public static NameTable Read(string heading, string body)
    {
        var types = heading.Split('·');
        var rows = Row().Matches(body);
        return new NameTable
        {
            TypeScriptTypes = NamesIn(types[0]),
            DotNetTypes = NamesIn(types[1]),
            TypeScriptMembers = [.. rows.SelectMany(row => Names(row.Groups["typescript"].Value))],
            DotNetMembers = [.. rows.SelectMany(row => Names(row.Groups["dotnet"].Value))],
        };
    }

    private static IReadOnlyList<string> Names(string cell) => cell == Absent ? [] : NamesIn(cell);

    private static IReadOnlyList<string> NamesIn(string text) => [.. Name().Matches(text).Select(name => name.Groups["name"].Value)];

    [GeneratedRegex(@"^\| (?<typescript>`\w+`|—) \| (?<dotnet>`\w+`|—) \|.*$", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Row();

    [GeneratedRegex(@"`(?<name>\w+)`", RegexOptions.ExplicitCapture)]
    private static partial Regex Name();
}
