using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using RealtimeCollab.Server.OpenApi;
using RealtimeCollab.Server.Tests.Support;
using RealtimeCollab.Testing;

namespace RealtimeCollab.Server.Tests.OpenApi;

/// <summary>The description of the API at <c>/openapi/v1.json</c>.</summary>
public sealed class OpenApiTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Description_HasEveryAddressOfTheApi_WithItsProblemsAndSecurity()
    {
        await using var app = await TestApp.StartAsync();
        var description = JsonNode.Parse(await app.Http.GetStringAsync("/openapi/v1.json", Cancellation))!;

        var mapped = app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.RoutePattern.RawText!.TrimStart('/').StartsWith("api/", StringComparison.Ordinal))
            .SelectMany(endpoint => endpoint.Metadata.GetRequiredMetadata<IHttpMethodMetadata>().HttpMethods
                .Select(method => $"{method} /{endpoint.RoutePattern.RawText!.Trim('/')}"))
            .Order(StringComparer.Ordinal).ToList();
        var operations = description["paths"]!.AsObject()
            .SelectMany(path => path.Value!.AsObject().Select(operation => (Name: $"{operation.Key.ToUpperInvariant()} {path.Key}", Operation: operation.Value!)))
            .OrderBy(operation => operation.Name, StringComparer.Ordinal).ToList();
        Assert.Equal(mapped, operations.Select(operation => operation.Name));
        Assert.Contains("GET /api/documents/{documentId}/events", mapped);
        Assert.All(operations, operation =>
        {
            Assert.NotNull(operation.Operation["responses"]!["default"]!["content"]!["application/problem+json"]);
            Assert.NotNull(Assert.Single(operation.Operation["security"]!.AsArray())!["bearer"]);
        });
        Assert.Equal(operations.Count, operations.Select(operation => (string)operation.Operation["operationId"]!).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task Description_IsWrittenOnce_AndSpeaksOfTheServerItIsReadFrom()
    {
        await using var app = await TestApp.StartAsync();
        var description = JsonNode.Parse(await app.Http.GetStringAsync("/openapi/v1.json", Cancellation))!;

        // relative to where it is read, as OpenAPI says, so that it holds below any path
        var server = new Uri(new Uri("https://app.example/collab/openapi/v1.json"), (string)Assert.Single(description["servers"]!.AsArray())!["url"]!);
        Assert.Equal("https://app.example/collab/", server.AbsoluteUri);
        var written = app.Services.GetRequiredService<WrittenDescription>();
        Assert.Equal(await written.GetAsync(), await written.GetAsync());
    }

    /// <summary>openapi-typescript makes the types, openapi-fetch calls by them; swagger-parser validates what both are given.</summary>
    [Fact]
    public async Task Client_GeneratedFromTheDescription_Works()
    {
        await using var app = await TestApp.StartAsync();
        var folder = Directory.CreateTempSubdirectory("realtimecollab-generated-").FullName;
        try
        {
            foreach (var file in new[] { "client.ts", "validate.mjs", "tsconfig.json" })
                File.Copy(Repository.PathOf("tests", "RealtimeCollab.Server.Tests", "OpenApi", "Client", file), Path.Combine(folder, file));
            await File.WriteAllTextAsync(Path.Combine(folder, "package.json"), """{ "name": "generated", "private": true, "type": "module" }""", Cancellation);
            await File.WriteAllTextAsync(Path.Combine(folder, "openapi.json"), await app.Http.GetStringAsync("/openapi/v1.json", Cancellation), Cancellation);
            await CommandLine.RunAsync(
                "npm",
                ["install", "--prefer-offline", "--no-audit", "--no-fund", "--loglevel=error", "openapi-typescript@7", "openapi-fetch@0.17", "typescript@5", "@apidevtools/swagger-parser@12"],
                folder);

            await CommandLine.RunAsync("node", ["validate.mjs", "openapi.json"], folder);
            await CommandLine.RunAsync("npx", ["openapi-typescript", "openapi.json", "-o", "schema.d.ts"], folder);
            await CommandLine.RunAsync("npx", ["tsc", "-p", "."], folder);
            var output = await CommandLine.RunAsync("node", ["client.js", app.Address.ToString().TrimEnd('/'), await app.GetTokenAsync("ada")], folder);

            Assert.Equal("""[201,"owner",1,"Hello",["Made"],"document_not_found"]""", output.Trim());
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
