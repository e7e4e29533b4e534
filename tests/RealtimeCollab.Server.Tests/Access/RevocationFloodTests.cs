using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using RealtimeCollab.Server.Tests.Support;
using RealtimeCollab.Storage.PostgreSql;
using RealtimeCollab.Testing;

namespace RealtimeCollab.Server.Tests.Access;

/// <summary>A writer loses the right in the middle of a flood.</summary>
public sealed class RevocationFloodTests(PostgreSqlServer server) : IClassFixture<PostgreSqlServer>
{
    private const int Lanes = 6;

    [Fact]
    public async Task OneNode_WriterWhoLosesTheRight_CommitsAndHearsNothingMore()
    {
        await using var app = await TestApp.StartAsync(Options((services, _) => services.AddMemoryStorage()));
        await AssertStopsAsync(app, app);
    }

    [Fact]
    public async Task TwoNodes_WriterOfTheOther_CommitsNothingMoreAndSoonHearsNothing()
    {
        var database = await server.CreateDatabaseAsync();
        var options = Options((services, _) => services.AddPostgreSqlStorage(database));
        await using var near = await TestApp.StartAsync(options);
        await using var far = await TestApp.StartAsync(options);
        await AssertStopsAsync(near, far);
    }

    /// <param name="near">Where ada takes the right away.</param>
    /// <param name="far">Where eve is connected.</param>
    private static async Task AssertStopsAsync(TestApp near, TestApp far)
    {
        await using var ada = await near.ShareAsync("d", ("eve", "editor"), ("bob", "viewer"));
        await using var bob = await far.ConnectAsync("bob");
        await bob.InvokeAsync("Subscribe", new { documentId = "d" });
        await using var eve = await far.ConnectAsync("eve");
        await eve.InvokeAsync("StartEditing", new { documentId = "d" });
        var flood = Enumerable.Range(0, Lanes).Select(_ => SubmitUntilRefusedAsync(eve)).ToList();
        await eve.NextAsync("OperationsApplied", batch => (long)batch["fromRevision"]! >= 50);

        await near.SetRoleAsync("d", "eve", "none");
        // the change is in the store: whatever is committed now, by whichever node, comes after this
        var last = (await near.HeadAsync("d")).Revision;

        foreach (var refusal in await Task.WhenAll(flood))
            Assert.Equal("permission_denied", refusal);
        Assert.Equal("none", (string?)(await eve.NextAsync("AccessChanged"))["role"]);
        var heard = eve.Received("OperationsApplied").Count;
        await ada.InvokeAsync("SubmitOperation", Requests.Submit("d", last, new JsonArray("among ourselves")));
        await bob.NextAsync("OperationsApplied", batch => batch["operations"]!.AsArray().Any(one => (string?)one!["userId"] == "ada" && (long)one["revision"]! > last));
        await eve.InvokeAsync("Heartbeat", new { documentIds = Array.Empty<string>() });

        Assert.Equal(heard, eve.Received("OperationsApplied").Count);
        var log = await near.ReadLogAsync("d");
        Assert.Contains(log, entry => entry.UserId == "eve");
        Assert.All(log.Where(entry => entry.UserId == "eve"), entry => Assert.InRange(entry.Revision, 1, last));
    }

    /// <summary>One operation after another; the code of the first refusal.</summary>
    private static async Task<string> SubmitUntilRefusedAsync(RawHubClient eve)
    {
        long revision = 1;
        while (true)
        {
            try
            {
                var answer = await eve.InvokeAsync("SubmitOperation", Requests.Submit("d", revision, new JsonArray("e")));
                revision = (long)answer!["revision"]!;
            }
            catch (HubCallException refused)
            {
                return refused.Code;
            }
        }
    }

    private static TestAppOptions Options(Action<IServiceCollection, DirectoryInfo> storage) => new()
    {
        Settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            // one key, so that both nodes take the same tokens
            ["RealtimeCollab:Auth:SigningKey"] = "a-key-for-tests-of-more-than-thirty-two-bytes",
            ["RealtimeCollab:Limits:OperationsPerSecond"] = "0",
        },
        Storage = storage,
    };
}
