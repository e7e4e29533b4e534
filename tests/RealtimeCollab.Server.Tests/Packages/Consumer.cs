using System.Diagnostics;
using System.Xml.Linq;
using RealtimeCollab.Testing;

namespace RealtimeCollab.Server.Tests.Packages;

/// <summary>A project of somebody else: outside of the repository, with our packages from a folder and all others from where ours come from.</summary>
internal sealed class Consumer : IDisposable
{
    private static readonly string Configuration = new DirectoryInfo(AppContext.BaseDirectory).Name;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("collab-consumer-");

    /// <summary>Where the packages are.</summary>
    public string Feed => Path.Combine(_folder.FullName, "feed");

    /// <summary>A version that no cache has seen.</summary>
    public string Version { get; } = $"0.1.0-test.{Guid.NewGuid():N}";

    /// <summary>Packs projects as they were built with these tests.</summary>
    public Task PackAsync(IEnumerable<string> projects)
    {
        var build = new XElement(
            "Project",
            new XElement(
                "Target",
                new XAttribute("Name", "PackAll"),
                projects.Select(project => new XElement(
                    "MSBuild",
                    new XAttribute("Projects", Repository.PathOf("src", project, $"{project}.csproj")),
                    new XAttribute("Targets", "Pack"),
                    new XAttribute("Properties", $"Configuration={Configuration};NoBuild=true;Version={Version};PackageOutputPath={Feed}")))));
        var file = Path.Combine(_folder.FullName, "pack.proj");
        build.Save(file);
        return RunAsync("build", file, "-t:PackAll", "-nologo", "-v:quiet");
    }

    /// <summary>Puts a file beside the program.</summary>
    public Task AddAsync(string name, string text) =>
        File.WriteAllTextAsync(Path.Combine(_folder.FullName, name), text, TestContext.Current.CancellationToken);

    /// <summary>Writes the project, restores and builds it.</summary>
    public async Task BuildAsync(string program, params string[] packages)
    {
        var references = packages.Select(package => new XElement(
            "PackageReference", new XAttribute("Include", package), new XAttribute("Version", Version)));
        var project = new XElement(
            "Project",
            new XAttribute("Sdk", "Microsoft.NET.Sdk.Web"),
            new XElement(
                "PropertyGroup",
                new XElement("TargetFramework", "net10.0"),
                new XElement("ImplicitUsings", "enable"),
                new XElement("Nullable", "enable"),
                // components are compiled, but no page is served: the scripts of Blazor are not needed
                new XElement("RequiresAspNetWebAssets", "false"),
                // packages of this test's version are not to be left in the machine's cache
                new XElement("RestorePackagesPath", Path.Combine(_folder.FullName, "packages")),
                new XElement("RestoreFallbackFolders", MachineCache())),
            new XElement("ItemGroup", references));
        project.Save(Path.Combine(_folder.FullName, "Consumer.csproj"));
        await AddAsync("Program.cs", program);
        var sources = new XElement(
            "configuration", new XElement("packageSources", new XElement("add", new XAttribute("key", "packed"), new XAttribute("value", Feed))));
        sources.Save(Path.Combine(_folder.FullName, "nuget.config"));
        await RunAsync("build", "Consumer.csproj", "-c", "Release", "-nologo", "-v:quiet", "-o", Path.Combine(_folder.FullName, "out"));
    }

    /// <summary>Runs what was built.</summary>
    /// <returns>What it printed.</returns>
    public Task<string> RunProgramAsync(params string[] arguments) => RunAsync([Path.Combine(_folder.FullName, "out", "Consumer.dll"), .. arguments]);

    public void Dispose() => _folder.Delete(recursive: true);

    private static string MachineCache() =>
        Environment.GetEnvironmentVariable("NUGET_PACKAGES")
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    private async Task<string> RunAsync(params string[] arguments)
    {
        var host = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        var start = new ProcessStartInfo(host, arguments) { WorkingDirectory = _folder.FullName, RedirectStandardOutput = true, UseShellExecute = false };
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        using var process = Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start.");
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, $"dotnet {string.Join(' ', arguments)} ended with {process.ExitCode}: {output}");
        return output;
    }
}
