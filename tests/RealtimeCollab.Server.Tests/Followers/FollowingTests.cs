using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using RealtimeCollab.Server.Followers;
using RealtimeCollab.Server.Tests.Support;
using RealtimeCollab.Storage.Sqlite;

namespace RealtimeCollab.Server.Tests.Followers;

/// <summary>What a follower is told, and where it goes on after a break.</summary>
public sealed class FollowingTests
{
    [Fact]
    public async Task Follower_IsToldWhatConnectionsAreTold()
    {
        await using var app = await TestApp.StartAsync();
        await using var ada = await app.ConnectAsync("ada");
        await ada.InvokeAsync("StartEditing", new { documentId = "d", initialText = "Hello" });

        await using var follower = await EventClient.OpenAsync(app, "grace", "d", query: "?clientId=grace-wall&device=Wall");
        await follower.NextAsync("retry");
        var snapshot = await follower.NextAsync("snapshot");
        Assert.Equal((1, "Hello", true), ((long)snapshot["id"]!, (string?)snapshot["data"]!["content"], (bool)snapshot["data"]!["readOnly"]!));
        Assert.Equal("ada", (string?)Assert.Single(snapshot["data"]!["clients"]!.AsArray())!["userId"]);
        var joined = (await ada.NextAsync("UserJoined"))["client"]!;
        Assert.Equal(("grace-wall", "grace", "Wall", false), ((string?)joined["clientId"], (string?)joined["userId"], (string?)joined["device"], (bool)joined["isEditing"]!));
        await ada.NextAsync("SessionInfo", info => (int)info["readerCount"]! == 1 && (int)info["writerCount"]! == 1);

        await ada.InvokeAsync("SubmitOperation", Requests.Submit("d", 1, new JsonArray(5, "!"), "o1"));
        var operation = await follower.NextAsync("remote_operation");
        Assert.Equal(2, (long)operation["id"]!);
        Assert.Equal(("d", 2, "ada", "o1", """[5,"!"]"""), (
            (string?)operation["data"]!["documentId"], (long)operation["data"]!["revision"]!, (string?)operation["data"]!["userId"],
            (string?)operation["data"]!["operationId"], operation["data"]!["operation"]!.ToJsonString()));

        await using (var linus = await app.ConnectAsync("linus"))
        {
            await linus.InvokeAsync("Subscribe", new { documentId = "d" });
            Assert.Equal("linus", (string?)(await follower.NextAsync("user_joined"))["data"]!["client"]!["userId"]);
            await follower.NextAsync("session_info", info => (int)info["data"]!["readerCount"]! == 2);
        }

        var left = await follower.NextAsync("user_left");
        Assert.Null(left["id"]);
        Assert.Equal("linus", (string?)left["data"]!["client"]!["userId"]);
        await follower.DisposeAsync();
        Assert.Equal("grace", (string?)(await ada.NextAsync("UserLeft", message => (string?)message["client"]!["userId"] == "grace"))["client"]!["userId"]);
        Assert.Equal(0, app.Services.GetRequiredService<FollowerRegistry>().Count);
    }

    [Fact]
    public async Task Follower_OfManyEdits_SeesEachRevisionOnceInOrder()
    {
        await using var app = await TestApp.StartAsync();
        await using var ada = await app.ConnectAsync("ada");
        await ada.InvokeAsync("StartEditing", new { documentId = "d" });
        await using var follower = await EventClient.OpenAsync(app, "grace", "d");

        await Task.WhenAll(Enumerable.Range(0, 149).Select(_ => ada.InvokeAsync("SubmitOperation", Requests.Submit("d", 0, new JsonArray("x")))));
        // whose revision may be any of these
        await follower.NextAsync("snapshot");
        await ada.InvokeAsync("SubmitOperation", Requests.Submit("d", 0, new JsonArray("x")));

        await follower.NextAsync("remote_operation", operation => (long)operation["id"]! == 150);
        var snapshot = Assert.Single(follower.Received("snapshot"));
        var start = (int)(long)snapshot["id"]!;
        Assert.Equal(Enumerable.Range(start + 1, 150 - start).Select(id => (long)id), follower.Revisions);
    }

    [Theory]
    [InlineData(3L, "", 4)]
    [InlineData(null, "?since=3", 4)]
    [InlineData(4L, "?since=1", 5)]
    [InlineData(0L, "", 1)]
    public async Task Resume_GivesExactlyWhatCameAfter(long? lastEventId, string query, int first)
    {
        await using var app = await TestApp.StartAsync();
        await using var ada = await WriteAsync(app, edits: 5);

        await using var follower = await EventClient.OpenAsync(app, "grace", "d", lastEventId, query);
        await follower.NextAsync("remote_operation", operation => (long)operation["id"]! == 5);
        await ada.InvokeAsync("SubmitOperation", Requests.Submit("d", 5, new JsonArray("x")));
        await follower.NextAsync("remote_operation", operation => (long)operation["id"]! == 6);

        Assert.Equal(Enumerable.Range(first, 7 - first).Select(id => (long)id), follower.Revisions);
        Assert.Empty(follower.Received("snapshot"));
    }

    [Fact]
    public async Task Resume_FromARevisionThatIsNotThere_BeginsAnew()
    {
        await using var app = await TestApp.StartAsync();
        await using var _ = await WriteAsync(app, edits: 2);

        await using var follower = await EventClient.OpenAsync(app, "grace", "d", lastEventId: 99);

        Assert.Equal(2, (long)(await follower.NextAsync("snapshot"))["id"]!);
    }

    [Fact]
    public async Task Resume_AfterARestart_GivesExactlyWhatCameAfter()
    {
        var root = Directory.CreateTempSubdirectory("collab-test-");
        var first = await TestApp.StartAsync(Options(root));
        long seen;
        await using (var ada = await WriteAsync(first, edits: 3))
        await using (var follower = await EventClient.OpenAsync(first, "grace", "d"))
        {
            await follower.NextAsync("snapshot");
            await ada.InvokeAsync("SubmitOperation", Requests.Submit("d", 3, new JsonArray("x")));
            seen = (long)(await follower.NextAsync("remote_operation"))["id"]!;
            await ada.InvokeAsync("SubmitOperation", Requests.Submit("d", 4, new JsonArray("x")));
            await first.StopAsync();
            // a stopping server says all that it has, and ends the stream
            await follower.Ended.WaitAsync(Patience.Limit, TestContext.Current.CancellationToken);
            Assert.Equal([4, 5], follower.Revisions);
        }

        await using var second = await TestApp.StartAsync(Options(root));
        await using var adaAgain = await second.ConnectAsync("ada");
        await adaAgain.InvokeAsync("StartEditing", new { documentId = "d" });
        await adaAgain.InvokeAsync("SubmitOperation", Requests.Submit("d", 5, new JsonArray("x")));
        await using var back = await EventClient.OpenAsync(second, "grace", "d", seen);
        await back.NextAsync("remote_operation", operation => (long)operation["id"]! == 6);
        Assert.Equal([5, 6], back.Revisions);
    }

    /// <summary>Ada's document <c>d</c>, with an x for each revision.</summary>
    private static async Task<RawHubClient> WriteAsync(TestApp app, int edits)
    {
        var ada = await app.ConnectAsync("ada");
        await ada.InvokeAsync("StartEditing", new { documentId = "d" });
        for (var revision = 0; revision < edits; revision++)
            await ada.InvokeAsync("SubmitOperation", Requests.Submit("d", revision, new JsonArray("x")));
        return ada;
    }

    private static TestAppOptions Options(DirectoryInfo root) => new()
    {
        Root = root,
        Storage = (services, folder) => services.AddSqliteStorage($"Data Source={Path.Combine(folder.FullName, "collab.db")}"),
    };
}
