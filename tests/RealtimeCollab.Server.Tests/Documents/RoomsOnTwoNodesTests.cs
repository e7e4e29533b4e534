using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using RealtimeCollab.Redis;
using RealtimeCollab.Server.Tests.Support;
using RealtimeCollab.Sessions.Backplane;
using RealtimeCollab.Sessions.Backplane.Memory;
using RealtimeCollab.Sessions.Storage.Memory;
using RealtimeCollab.Testing;

namespace RealtimeCollab.Server.Tests.Documents;

/// <summary>One room on two servers: who is there, and where their selections are, as each server's clients hear it.</summary>
public sealed class RoomsOnTwoNodesTests(RedisServer redis) : IClassFixture<RedisServer>
{
    private readonly MemoryStore _store = new();
    private readonly MemoryBackplane _backplane = new();
    private readonly string _prefix = $"tests-{Guid.NewGuid():N}";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Members_OfBothNodes_AreTheSameForAll(bool onRedis)
    {
        await using var here = await TestApp.StartAsync(On(onRedis));
        await using var there = await TestApp.StartAsync(On(onRedis));
        await using var ada = await here.ConnectAsync("ada", "clientId=ada-laptop");
        await using var bob = await there.ConnectAsync("bob", "clientId=bob-phone");
        await ada.InvokeAsync("StartEditing", new { documentId = "notes", initialText = "Hello" });
        await bob.InvokeAsync("Subscribe", new { documentId = "notes" });

        var joined = await ada.NextAsync("UserJoined", message => (string?)message["client"]!["userId"] == "bob");
        Assert.Equal("bob-phone", (string?)joined["client"]!["clientId"]);
        foreach (var client in new[] { ada, bob })
            await ExpectAsync(client, "ada bob", readers: 1, writers: 1);

        await using var carol = await there.ConnectAsync("carol");
        var snapshot = await carol.InvokeAsync("Subscribe", new { documentId = "notes" });
        Assert.Equal(["ada", "bob"], UsersOf(snapshot!));

        await ada.DisposeAsync();
        await bob.NextAsync("UserLeft", message => (string?)message["client"]!["userId"] == "ada");
        await ExpectAsync(bob, "bob carol", readers: 2, writers: 0);
    }

    [Fact]
    public async Task Selection_OfTheOtherNode_IsSeen_AlsoByWhoComesLater()
    {
        await using var here = await TestApp.StartAsync(On(onRedis: true));
        await using var there = await TestApp.StartAsync(On(onRedis: true));
        await using var ada = await here.ConnectAsync("ada");
        await using var bob = await there.ConnectAsync("bob");
        await ada.InvokeAsync("StartEditing", new { documentId = "notes", initialText = "Hello" });
        await bob.InvokeAsync("StartEditing", new { documentId = "notes" });

        await ada.InvokeAsync("UpdateSelection", new { documentId = "notes", revision = 1, selection = new { ranges = new[] { new { anchor = 2, head = 4 } } } });

        var moved = await bob.NextAsync("SelectionsChanged", message => (string?)message["selections"]![0]!["userId"] == "ada");
        Assert.Equal((1, 2, 4), ((long)moved["revision"]!, RangeOf(moved["selections"]![0]!).Anchor, RangeOf(moved["selections"]![0]!).Head));
        await using var carol = await there.ConnectAsync("carol");
        var snapshot = await carol.InvokeAsync("Subscribe", new { documentId = "notes" });
        Assert.Equal((2, 4), RangeOf(snapshot!["clients"]!.AsArray().Single(client => (string?)client!["userId"] == "ada")!));
    }

    [Fact]
    public async Task Redis_ThatWasKilled_IsMadeUpForWhenItIsBack()
    {
        await using var here = await TestApp.StartAsync(On(onRedis: true));
        await using var there = await TestApp.StartAsync(On(onRedis: true));
        await using var ada = await here.ConnectAsync("ada");
        await using var bob = await there.ConnectAsync("bob");
        await ada.InvokeAsync("StartEditing", new { documentId = "notes" });
        await bob.InvokeAsync("StartEditing", new { documentId = "notes" });
        await ExpectAsync(bob, "ada bob", readers: 0, writers: 2);

        redis.Kill();
        await ada.InvokeAsync("StopEditing", new { documentId = "notes" });
        await using var carol = await here.ConnectAsync("carol");
        await carol.InvokeAsync("Subscribe", new { documentId = "notes" });
        await using var dan = await there.ConnectAsync("dan");
        // nobody can tell whether ada is still there
        Assert.Equal(["ada", "bob"], UsersOf((await dan.InvokeAsync("Subscribe", new { documentId = "notes" }))!));
        await redis.StartAsync();

        await ExpectAsync(bob, "bob carol dan", readers: 2, writers: 1);
        await ExpectAsync(carol, "bob carol dan", readers: 2, writers: 1);
    }

    [Fact]
    public async Task Node_ThatIsGone_TakesItsMembersWithIt()
    {
        await using var here = await TestApp.StartAsync(On(onRedis: true));
        var there = await TestApp.StartAsync(On(onRedis: true));
        await using var ada = await here.ConnectAsync("ada");
        await using var bob = await there.ConnectAsync("bob");
        await ada.InvokeAsync("StartEditing", new { documentId = "notes" });
        await bob.InvokeAsync("StartEditing", new { documentId = "notes" });
        await ExpectAsync(ada, "ada bob", readers: 0, writers: 2);

        await there.DisposeAsync();

        await ada.NextAsync("UserLeft", message => (string?)message["client"]!["userId"] == "bob");
        await ExpectAsync(ada, "ada", readers: 0, writers: 1);
    }

    private static Task<JsonObject> ExpectAsync(RawHubClient client, string users, int readers, int writers) => client.NextAsync(
        "SessionInfo",
        info => string.Equals(string.Join(' ', UsersOf(info)), users, StringComparison.Ordinal)
            && (int)info["readerCount"]! == readers && (int)info["writerCount"]! == writers);

    private static IEnumerable<string> UsersOf(JsonNode message) =>
        message["clients"]!.AsArray().Select(client => (string)client!["userId"]!).Order(StringComparer.Ordinal);

    private static (int Anchor, int Head) RangeOf(JsonNode participant)
    {
        var range = participant["selection"]!["ranges"]![0]!;
        return ((int)range["anchor"]!, (int)range["head"]!);
    }

    [Theory]
    [InlineData("document")]
    [InlineData("chat")]
    [InlineData("presence")]
    public async Task Stop_OfOneNode_IsNotToldToTheClientsOfTheOther(string hub)
    {
        await using var here = await TestApp.StartAsync(On(onRedis: false));
        await using var there = await TestApp.StartAsync(On(onRedis: false));
        await using var ada = await here.ConnectAsync("ada", hub: hub);
        await using var bob = await there.ConnectAsync("bob", hub: hub);

        await here.StopServerAsync();

        // what the other node told would be here before the answer; that its own clients hear of it is TerminationTests'
        await Assert.ThrowsAsync<HubCallException>(() => bob.InvokeAsync("NoSuchMethod", new { }));
        Assert.DoesNotContain(bob.Received("Error"), error => (string?)error["code"] == "server_draining");
    }

    private TestAppOptions On(bool onRedis) => new()
    {
        Storage = (services, _) => services.AddMemoryStorage().AddSingleton(_store),
        ConfigureServices = services =>
        {
            if (onRedis)
                services.AddSignalR().AddRedisBackplane(new RedisBackplaneOptions { ConnectionString = redis.ConnectionString, Prefix = _prefix });
            else
                services.AddSingleton<IBackplane>(_backplane);
        },
    };
}
