using System.Reflection;
using RealtimeCollab.Testing;

namespace RealtimeCollab.Server.Tests.Packages;

/// <summary>
/// Each library's public API stands in its PublicAPI.txt, so that a change of it is seen in review. To accept one, run these tests with
/// <c>ACCEPT_PUBLIC_API=1</c> in the environment, and commit the files.
/// </summary>
public sealed class PublicApiTests
{
    private static readonly bool Accepts = Environment.GetEnvironmentVariable("ACCEPT_PUBLIC_API") == "1";

    public static TheoryData<string> Libraries { get; } =
    [
        .. Directory.EnumerateFiles(Repository.PathOf("src"), "*.csproj", SearchOption.AllDirectories)
            .Where(file => !File.ReadAllText(file).Contains("<IsPackable>false</IsPackable>", StringComparison.Ordinal))
            .Select(file => Path.GetFileNameWithoutExtension(file)!)
            .Order(StringComparer.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(Libraries))]
    public void PublicApi_OfALibrary_IsWhatItsFileSays(string library)
    {
        var file = Repository.PathOf("src", library, "PublicAPI.txt");
        var actual = PublicApi.Of(Assembly.Load(library));
        Assert.NotEmpty(actual);
        if (Accepts)
            File.WriteAllLines(file, actual);

        var accepted = File.Exists(file) ? File.ReadAllLines(file) : [];
        var difference = accepted.Except(actual, StringComparer.Ordinal).Select(line => $"- {line}")
            .Concat(actual.Except(accepted, StringComparer.Ordinal).Select(line => $"+ {line}"));
        Assert.True(
            actual.SequenceEqual(accepted, StringComparer.Ordinal),
            $"""
            The public API of {library} is another than its PublicAPI.txt says:
            {string.Join(Environment.NewLine, difference)}
            If that is meant, accept it and commit the file:
            ACCEPT_PUBLIC_API=1 dotnet run --project tests/RealtimeCollab.Server.Tests -- -class '*PublicApiTests'
            """);
    }
}
