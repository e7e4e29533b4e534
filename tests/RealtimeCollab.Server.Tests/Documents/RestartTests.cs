using System.Net;
using System.Text.Json.Nodes;
using RealtimeCollab.Server.Tests.Support;
using RealtimeCollab.Storage.Sqlite;

namespace RealtimeCollab.Server.Tests.Documents;

/// <summary>What a server leaves on disk, the next one finds.</summary>
public sealed class RestartTests
{
    private static TestAppOptions Options(DirectoryInfo root) => new()
    {
        Root = root,
        Storage = (services, folder) => services.AddSqliteStorage($"Data Source={Path.Combine(folder.FullName, "collab.db")}"),
    };

    [Fact]
    public async Task Content_AfterARestart_IsStillThere()
    {
        var root = Directory.CreateTempSubdirectory("collab-test-");
        var first = await TestApp.StartAsync(Options(root));
        await using (var alice = await first.ConnectAsync("alice"))
        {
            await alice.InvokeAsync("StartEditing", new { documentId = "d", initialText = "hello" });
            await alice.InvokeAsync("SubmitOperation", Requests.Submit("d", 1, new JsonArray(5, " world"), "kept"));
        }

        await first.StopAsync();

        await using var second = await TestApp.StartAsync(Options(root));
        await using var bob = await second.ConnectAsync("bob");
        var snapshot = await bob.InvokeAsync("Subscribe", new { documentId = "d" });
        Assert.Equal("hello world", (string?)snapshot!["content"]);
        Assert.Equal(2, (long)snapshot["revision"]!);
        // its creator is still its owner, and what she sent before is not taken twice
        await using var alices = await second.ConnectAsync("alice");
        Assert.Equal("owner", (string?)(await alices.InvokeAsync("StartEditing", new { documentId = "d" }))!["role"]);
        var again = await alices.InvokeAsync("SubmitOperation", Requests.Submit("d", 1, new JsonArray(5, " world"), "kept"));
        Assert.Equal(2, (long)again!["revision"]!);
    }

    [Fact]
    public async Task Stop_WhileOperationsAreOnTheirWay_AnswersOrKeepsEach()
    {
        var root = Directory.CreateTempSubdirectory("collab-test-");
        var first = await TestApp.StartAsync(Options(root));
        await using var alice = await first.ConnectAsync("alice");
        await alice.InvokeAsync("StartEditing", new { documentId = "d" });
        var calls = Enumerable.Range(0, 100).Select(_ => alice.InvokeAsync("SubmitOperation", Requests.Submit("d", 0, new JsonArray("x")))).ToList();
        await calls[10];
        await first.StopAsync();
        var acknowledged = 0;
        foreach (var call in calls)
            acknowledged += await SucceededAsync(call) ? 1 : 0;

        await using var second = await TestApp.StartAsync(Options(root));
        await using var bob = await second.ConnectAsync("bob");
        var content = (string?)(await bob.InvokeAsync("Subscribe", new { documentId = "d" }))!["content"];
        Assert.InRange(content!.Length, acknowledged, 100);
    }

    [Fact]
    public async Task Health_OfAServerWithAStore_IsLiveAndReady()
    {
        await using var app = await TestApp.StartAsync(Options(Directory.CreateTempSubdirectory("collab-test-")));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(app, "/health/live"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(app, "/health/ready"));
    }

    private static async Task<HttpStatusCode> StatusAsync(TestApp app, string path)
    {
        using var response = await app.Http.GetAsync(path, TestContext.Current.CancellationToken);
        return response.StatusCode;
    }

    private static async Task<bool> SucceededAsync(Task call)
    {
        try
        {
            await call;
            return true;
        }
        catch (Exception unanswered) when (unanswered is HubCallException or IOException)
        {
            return false;
        }
    }
}
