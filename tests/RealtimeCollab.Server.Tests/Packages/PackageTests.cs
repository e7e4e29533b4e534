using System.IO.Compression;
using System.Xml.Linq;
using RealtimeCollab.Server.Tests.Support;
using RealtimeCollab.Testing;

namespace RealtimeCollab.Server.Tests.Packages;

/// <summary>What <c>dotnet pack</c> makes can be used by a project that knows nothing of this repository.</summary>
public sealed class PackageTests
{
    private const string Program = """
        using RealtimeCollab.Client;
        using RealtimeCollab.Server;

        // a server of its own, from the packages alone
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Development", Args = args });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddMemoryStorage();
        builder.AddRealtimeCollab();
        await using var app = builder.Build();
        app.MapRealtimeCollab();
        await app.StartAsync();

        // and a client of the server that the test runs
        await using var client = CollabClient.Create(new CollabConnectionOptions
        {
            Server = new Uri(args[0]),
            AccessToken = _ => ValueTask.FromResult<string?>(args[1]),
        });
        await client.StartAsync();
        await using var document = await client.OpenAsync("packed");
        document.Insert(document.Length, " and the consumer");
        await document.WaitUntilSavedAsync();
        Console.WriteLine($"consumer shows: {document.Text}");
        """;

    /// <summary>With the program, the examples of the documentation are compiled.</summary>
    [Fact]
    public async Task Packages_OfClientAndServer_RunInAProjectElsewhere()
    {
        using var consumer = new Consumer();
        var projects = WithReferences("RealtimeCollab.Client").Union(WithReferences("RealtimeCollab.Server"), StringComparer.Ordinal).ToList();
        await consumer.PackAsync(projects);
        foreach (var project in projects)
            CheckPackage(consumer, project);

        await using var app = await TestApp.StartAsync();
        await using var alice = await Client.ClientTestExtensions.StartClientAsync(app, "alice");
        var hers = await Client.ClientTestExtensions.EditAsync(alice, "packed");
        hers.Insert(0, "The test");
        await Client.ClientTestExtensions.SettleAsync(hers);
        var examples = DocumentationExamples.Read();
        Assert.Contains("class Stamper", examples["Examples.cs"], StringComparison.Ordinal);
        Assert.Contains(examples, file => file.Value.Contains("@oninput", StringComparison.Ordinal));
        foreach (var (name, text) in examples)
            await consumer.AddAsync(name, text);
        await consumer.BuildAsync(Program, "RealtimeCollab.Client", "RealtimeCollab.Server");
        var output = await consumer.RunProgramAsync(app.Address.AbsoluteUri, await app.GetTokenAsync("bob"));

        Assert.Contains("consumer shows: The test and the consumer", output, StringComparison.Ordinal);
        await Client.ClientTestExtensions.SettleAsync(hers, revision: 2);
        Assert.Equal("The test and the consumer", hers.Text);
    }

    private static void CheckPackage(Consumer consumer, string project)
    {
        using var package = ZipFile.OpenRead(Path.Combine(consumer.Feed, $"{project}.{consumer.Version}.nupkg"));
        var entries = package.Entries.Select(entry => entry.FullName).ToList();
        Assert.Contains("README.md", entries);
        Assert.Contains("LICENSE", entries);
        Assert.Contains($"lib/net10.0/{project}.dll", entries);
        Assert.Contains($"lib/net10.0/{project}.xml", entries);
        using var symbols = ZipFile.OpenRead(Path.Combine(consumer.Feed, $"{project}.{consumer.Version}.snupkg"));
        Assert.Contains($"lib/net10.0/{project}.pdb", symbols.Entries.Select(entry => entry.FullName));
    }

    private static IEnumerable<string> WithReferences(string project) =>
        XDocument.Load(Repository.PathOf("src", project, $"{project}.csproj")).Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension(((string)reference.Attribute("Include")!).Replace('\\', '/')))
            .SelectMany(WithReferences)
            .Append(project)
            .Distinct(StringComparer.Ordinal);
}
