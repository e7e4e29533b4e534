using RealtimeCollab.Server.Tests.Support;
using RealtimeCollab.Testing;

namespace RealtimeCollab.Server.Tests.Packages;

/// <summary>A project outside of the repository that has the npm package installed as npm packs it, and nothing else of ours.</summary>
public sealed class NpmConsumer : IAsyncLifetime
{
    private static readonly string[] Programs = ["edit.ts", "outliveToken.ts", "worker.ts", "monaco.ts", "tsconfig.json"];

    private readonly string _folder = Directory.CreateTempSubdirectory("realtimecollab-consumer-").FullName;

    public async ValueTask InitializeAsync()
    {
        var library = Repository.PathOf("src", "realtimecollab-js");
        var package = (await RunAsync("npm", ["pack", "--silent", "--pack-destination", _folder], library)).Trim();
        foreach (var program in Programs)
            File.Copy(Repository.PathOf("tests", "RealtimeCollab.Server.Tests", "Packages", "Consumer", program), Path.Combine(_folder, program));
        await File.WriteAllTextAsync(Path.Combine(_folder, "package.json"), """{ "name": "consumer", "private": true, "type": "module" }""");
        await RunAsync("npm", ["install", "--prefer-offline", "--no-audit", "--no-fund", "--loglevel=error", $"./{package}", "typescript@7", "monaco-editor@0.57"]);
        await RunAsync("npx", ["tsc", "-p", "."]); // the libraries' types too
    }

    /// <summary>Runs one of the programs to its end. Returns what it wrote.</summary>
    internal Task<string> RunProgramAsync(string name, params string[] arguments) => RunAsync("node", [$"{name}.js", .. arguments]);

    /// <summary>Bundles one of the programs for a browser. Returns the path of the bundle.</summary>
    internal async Task<string> BundleAsync(string name)
    {
        var bundle = Path.Combine(_folder, $"{name}.bundle.js");
        var bundler = Repository.PathOf("src", "realtimecollab-js", "node_modules", ".bin", "rolldown");
        await RunAsync(
            bundler,
            [$"{name}.js", "--file", bundle, "--format", "esm", "--platform", "browser", "--module-types", ".css:empty", "--module-types", ".ttf:empty"]);
        return bundle;
    }

    /// <summary>A file of a package that is installed.</summary>
    internal string PathOf(params string[] parts) => Path.Combine([_folder, "node_modules", .. parts]);

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    private Task<string> RunAsync(string program, IEnumerable<string> arguments, string? folder = null) =>
        CommandLine.RunAsync(program, arguments, folder ?? _folder);
}
