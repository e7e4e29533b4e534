using System.Text.RegularExpressions;
using RealtimeCollab.Testing;

namespace RealtimeCollab.Server.Tests.Packages;

/// <summary>The tables of docs/clients.md, and the text files of both clients' public API.</summary>
internal static partial class ClientNames
{
    private static readonly string TypeScriptApi = File.ReadAllText(Repository.PathOf("src", "realtimecollab-js", "public-api.txt"));

    private static readonly string[] DotNetApi =
    [
        .. File.ReadAllLines(Repository.PathOf("src", "RealtimeCollab.Client", "PublicAPI.txt")),
        .. File.ReadAllLines(Repository.PathOf("src", "RealtimeCollab.Protocol", "PublicAPI.txt")),
        .. File.ReadAllLines(Repository.PathOf("src", "RealtimeCollab.OperationalTransform", "PublicAPI.txt")),
    ];

    /// <summary>The tables, by the types that their headings name.</summary>
    public static IReadOnlyList<NameTable> ReadTables() =>
    [
        .. Heading().Split(File.ReadAllText(Repository.PathOf("docs", "clients.md"))).Skip(1).Chunk(2)
            .Select(part => NameTable.Read(part[0], part[1])),
    ];

    /// <summary>The members of a class or interface.</summary>
    public static IReadOnlyList<string> TypeScriptMembersOf(string type)
    {
        var declaration = Regex.Match(TypeScriptApi, $@"^(class|interface) {type}\b[^\n]*\{{\n(?<members>.*?)^\}}", RegexOptions.Multiline | RegexOptions.Singleline);
        Assert.True(declaration.Success, $"{type} is not in public-api.txt");
        return [.. TypeScriptMember().Matches(declaration.Groups["members"].Value).Select(member => member.Groups["name"].Value).Where(name => name != "constructor")];
    }

    /// <summary>The values of a union of words.</summary>
    public static IReadOnlyList<string> TypeScriptValuesOf(string type)
    {
        var declaration = Regex.Match(TypeScriptApi, $"^type {type} = (?<values>.*);$", RegexOptions.Multiline);
        Assert.True(declaration.Success, $"{type} is not in public-api.txt");
        return [.. Regex.Matches(declaration.Groups["values"].Value, "'(?<value>[^']*)'").Select(value => value.Groups["value"].Value)];
    }

    /// <summary>The members of a type, but for what every record has.</summary>
    public static IReadOnlyList<string> DotNetMembersOf(string type) =>
    [
        .. DotNetApi.Select(line => Regex.Match(line, $@"^RealtimeCollab(\.\w+)*\.{type}\.(?<name>\w+)(\(| \{{|:| =)")).Where(member => member.Success)
            .Select(member => member.Groups["name"].Value)
            .Where(name => name is not ("new" or "Equals" or "GetHashCode" or "ToString" or "Deconstruct") && !name.StartsWith("op_", StringComparison.Ordinal))
            .Distinct(StringComparer.Ordinal),
    ];

    /// <summary>The values of the constants of a class.</summary>
    public static IReadOnlyList<string> DotNetConstantsOf(string type) =>
        [.. DotNetApi.Select(line => Regex.Match(line, $@"\.{type}\.\w+ = ""(?<value>[^""]*)""")).Where(constant => constant.Success).Select(constant => constant.Groups["value"].Value)];

    [GeneratedRegex(@"^### (?<types>.*)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Heading();

    [GeneratedRegex(@"^    (static )?(readonly )?(get )?(?<name>\w+)\??[<(:]", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex TypeScriptMember();
}
