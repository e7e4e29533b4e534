using System.Xml.Linq;
using RealtimeCollab.Testing;

namespace RealtimeCollab.Server.Tests.Architecture;

public sealed class ProjectReferenceTests
{
    [Fact]
    public void References_OfEveryProject_KeepTheRule()
    {
        var projects = ReadProjects();
        Assert.Contains(projects, project => project.Project == "RealtimeCollab.Server" && project.References.Contains("RealtimeCollab.Sessions"));
        Assert.Empty(DependencyRule.FindViolations(projects));
    }

    [Theory]
    [InlineData("RealtimeCollab.Sessions", "RealtimeCollab.Server")]
    [InlineData("RealtimeCollab.OperationalTransform", "RealtimeCollab.Protocol")]
    [InlineData("RealtimeCollab.Client", "RealtimeCollab.Server")]
    [InlineData("RealtimeCollab.Invented", "RealtimeCollab.Protocol")]
    public void Rule_GivenAReferenceThatBreaksIt_NamesBothProjects(string project, string reference)
    {
        var violation = Assert.Single(DependencyRule.FindViolations([(project, [reference])]));
        Assert.Contains(project, violation, StringComparison.Ordinal);
    }

    [Fact]
    public void OperationalTransform_NeedsNoPackage()
    {
        var project = XDocument.Load(Repository.PathOf("src", "RealtimeCollab.OperationalTransform", "RealtimeCollab.OperationalTransform.csproj"));
        Assert.Empty(project.Descendants("PackageReference"));
    }

    [Fact]
    public void Solution_HoldsEveryProject()
    {
        var solution = File.ReadAllText(Repository.PathOf("RealtimeCollab.sln"));
        var missing = new[] { "src", "tests", "samples" }
            .Select(folder => Repository.PathOf(folder))
            .Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*.csproj", SearchOption.AllDirectories))
            .Where(file => !solution.Contains(Path.GetFileName(file), StringComparison.Ordinal));
        Assert.Empty(missing);
    }

    private static IReadOnlyList<(string Project, IReadOnlyList<string> References)> ReadProjects() =>
    [
        .. Directory.EnumerateFiles(Repository.PathOf("src"), "*.csproj", SearchOption.AllDirectories).Select(file =>
            (Path.GetFileNameWithoutExtension(file), (IReadOnlyList<string>)
            [
                .. XDocument.Load(file).Descendants("ProjectReference")
                    .Select(reference => Path.GetFileNameWithoutExtension(((string)reference.Attribute("Include")!).Replace('\\', '/'))),
            ])),
    ];
}
