using System.Text.Json.Nodes;
using RealtimeCollab.Server.Tests.Support;

namespace RealtimeCollab.Server.Tests.Packages;

/// <summary>The npm package, installed in a fresh project, type-checked there, and run in Node against a real server.</summary>
[Collection(InstalledPackage.Name)]
public sealed class NpmPackageTests(NpmConsumer consumer)
{
    private const string Key = "a-key-for-tests-of-more-than-thirty-two-bytes";

    [Fact]
    public async Task Program_EditingTwoDocuments_FindsThemOnTheServer()
    {
        await using var app = await TestApp.StartAsync();

        var output = JsonNode.Parse(await consumer.RunProgramAsync("edit", app.Address.ToString(), await app.GetTokenAsync("ada")))!;

        Assert.Equal(("Greeting", "Hello", "Hello"), ((string?)output["version"], (string?)output["first"], (string?)output["text"]));
        Assert.Equal(["saving", "synchronized"], output["states"]!.AsArray().Take(2).Select(state => (string?)state));
        Assert.Equal("""[{"insert":"Dear","attributes":{"bold":true}},"\n"]""", output["letter"]!.ToJsonString());
        await using var grace = await app.ConnectAsync("grace");
        Assert.Equal("Hello", (string?)(await grace.InvokeAsync("Subscribe", new { documentId = "notes" }))!["content"]);
    }

    [Fact]
    public async Task Program_WhoseTokenEnds_GoesOnWithTheNextAndIsNeverOffline()
    {
        await using var app = await TestApp.StartAsync(new TestAppOptions
        {
            Settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["RealtimeCollab:Auth:SigningKey"] = Key },
        });

        var output = JsonNode.Parse(await consumer.RunProgramAsync("outliveToken", app.Address.ToString(), Key))!;

        Assert.Equal(("xx", false), ((string?)output["text"], (bool)output["offline"]!));
        Assert.DoesNotContain("disconnected", output["signs"]!.AsArray().Select(sign => (string?)sign));
        Assert.True((int)output["tokens"]! >= 3);
    }
}
