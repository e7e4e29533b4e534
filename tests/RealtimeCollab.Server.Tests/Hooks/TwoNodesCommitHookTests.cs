using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using RealtimeCollab.Server.Tests.Support;
using RealtimeCollab.Storage.PostgreSql;
using RealtimeCollab.Testing;

namespace RealtimeCollab.Server.Tests.Hooks;

/// <summary>Each commit is told on the node that made it.</summary>
public sealed class TwoNodesCommitHookTests(PostgreSqlServer server) : IClassFixture<PostgreSqlServer>
{
    [Fact]
    public async Task Commits_OfAnotherNode_AreSeenAndNotToldAgain()
    {
        var database = await server.CreateDatabaseAsync();
        var (toldHere, toldThere) = (new ConcurrentQueue<long>(), new ConcurrentQueue<long>());
        await using var here = await StartAsync(toldHere, database);
        await using var there = await StartAsync(toldThere, database);
        await using var ada = await here.ConnectAsync("ada");
        await ada.InvokeAsync("StartEditing", new { documentId = "d" });
        await using var bob = await there.ConnectAsync("bob");
        await bob.InvokeAsync("StartEditing", new { documentId = "d" });

        await ada.InvokeAsync("SubmitOperation", Requests.Submit("d", 0, new JsonArray("ada ")));
        await bob.NextAsync("OperationsApplied", batch => (long)batch["fromRevision"]! == 0);
        await bob.InvokeAsync("SubmitOperation", Requests.Submit("d", 1, new JsonArray("bob ")));
        await ada.NextAsync("OperationsApplied", batch => (long)batch["fromRevision"]! == 1);
        await here.StopServerAsync();
        await there.StopServerAsync();

        Assert.Equal([1], toldHere);
        Assert.Equal([2], toldThere);
    }

    private static Task<TestApp> StartAsync(ConcurrentQueue<long> told, string database) => HookedApp.TellAsync(
        committed =>
        {
            told.Enqueue(Assert.Single(committed.Operations).Revision);
            return Task.CompletedTask;
        },
        storage: services => services.AddPostgreSqlStorage(database));
}
