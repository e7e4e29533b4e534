using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using RealtimeCollab.Redis;
using RealtimeCollab.Server.Tests.Support;
using RealtimeCollab.Storage.PostgreSql;
using RealtimeCollab.Testing;

namespace RealtimeCollab.Server.Tests.Documents;

/// <summary>Two servers on one PostgreSQL and one Redis.</summary>
public sealed class TwoNodesTests(PostgreSqlServer postgreSql, RedisServer redis) : IClassFixture<PostgreSqlServer>, IClassFixture<RedisServer>
{
    [Fact]
    public async Task Edits_OfBothNodes_ReachTheMembersOfEach_Once()
    {
        var database = await postgreSql.CreateDatabaseAsync();
        await using var here = await TestApp.StartAsync(On(database));
        await using var there = await TestApp.StartAsync(On(database));
        await using var ada = await here.ConnectAsync("ada");
        await using var bob = await there.ConnectAsync("bob");
        await ada.InvokeAsync("StartEditing", new { documentId = "notes" });
        await bob.InvokeAsync("StartEditing", new { documentId = "notes" });

        await ada.InvokeAsync("SubmitOperation", Requests.Submit("notes", 0, new JsonArray("from ada ")));
        await ExpectAsync(bob, 1);
        await bob.InvokeAsync("SubmitOperation", Requests.Submit("notes", 0, new JsonArray("from bob ")));
        await ExpectAsync(ada, 2);
        await ada.InvokeAsync("SubmitOperation", Requests.Submit("notes", 2, new JsonArray(18, "end")));
        await ExpectAsync(bob, 3);
        await ExpectAsync(ada, 3);

        Assert.Equal([1, 2, 3], Revisions(ada));
        Assert.Equal([1, 2, 3], Revisions(bob));
        await using var late = await there.ConnectAsync("carol");
        var snapshot = await late.InvokeAsync("Subscribe", new { documentId = "notes" });
        Assert.Equal("from bob from ada end", (string?)snapshot!["content"]);
    }

    [Fact]
    public async Task Edits_WhileRedisIsAway_ReachTheOtherNodeToo()
    {
        var database = await postgreSql.CreateDatabaseAsync();
        await using var here = await TestApp.StartAsync(On(database));
        await using var there = await TestApp.StartAsync(On(database));
        await using var ada = await here.ConnectAsync("ada");
        await using var bob = await there.ConnectAsync("bob");
        await ada.InvokeAsync("StartEditing", new { documentId = "notes" });
        await bob.InvokeAsync("StartEditing", new { documentId = "notes" });

        redis.Kill();
        await ada.InvokeAsync("SubmitOperation", Requests.Submit("notes", 0, new JsonArray("away ")));
        await ExpectAsync(bob, 1);
        await bob.InvokeAsync("SubmitOperation", Requests.Submit("notes", 1, new JsonArray(5, "too ")));
        await ExpectAsync(ada, 2);
        await redis.StartAsync();
        await ada.InvokeAsync("SubmitOperation", Requests.Submit("notes", 2, new JsonArray(9, "back")));
        await ExpectAsync(bob, 3);

        Assert.Equal([1, 2, 3], Revisions(bob));
    }

    private static Task<JsonObject> ExpectAsync(RawHubClient client, long revision) => client.NextAsync(
        "OperationsApplied", batch => batch["operations"]!.AsArray().Any(operation => (long)operation!["revision"]! == revision));

    private static IEnumerable<long> Revisions(RawHubClient client) =>
        client.Received("OperationsApplied").SelectMany(batch => batch["operations"]!.AsArray()).Select(operation => (long)operation!["revision"]!);

    private TestAppOptions On(string database) => new()
    {
        Storage = (services, _) => services.AddPostgreSqlStorage(database),
        ConfigureServices = services => services.AddSignalR().AddRedisBackplane(redis.ConnectionString),
    };
}
