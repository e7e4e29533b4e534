using RealtimeCollab.Server.Tests.Support;
using RealtimeCollab.Storage.PostgreSql;
using RealtimeCollab.Testing;

namespace RealtimeCollab.Server.Tests.Webhooks;

/// <summary>Two servers on one PostgreSQL share one outbox.</summary>
public sealed class TwoNodesTests(PostgreSqlServer postgreSql) : IClassFixture<PostgreSqlServer>
{
    private const int Documents = 30;

    [Fact]
    public async Task Events_OfBothNodes_AreToldOnceByEitherOfThem()
    {
        var database = await postgreSql.CreateDatabaseAsync();
        await using var receiver = await WebhookReceiver.StartAsync();
        var options = WebhookApp.Telling(receiver, WebhookApp.Quick) with { Storage = (services, _) => services.AddPostgreSqlStorage(database) };
        await using var here = await TestApp.StartAsync(options);
        await using var there = await TestApp.StartAsync(options);
        string[] ids = [.. Enumerable.Range(0, Documents).Select(number => $"doc-{number}")];
        await using var ada = await here.EditAsync("ada", ids[..(Documents / 2)]);
        await using var grace = await there.EditAsync("grace", ids[(Documents / 2)..]);
        foreach (var id in ids[..(Documents / 2)])
            await ada.TypeAsync(id, 0);
        foreach (var id in ids[(Documents / 2)..])
            await grace.TypeAsync(id, 0);

        var taken = await receiver.TakeAsync(events => events.Count >= 2 * Documents);

        Assert.Equal(2 * Documents, taken.Select(one => one.Id).Distinct().Count());
        Assert.Equal(ids.Order(), taken.Where(one => one.Type == "document.changed").Select(one => one.DocumentId).Order());
        Assert.Equal(ids.Order(), taken.Where(one => one.Type == "document.created").Select(one => one.DocumentId).Order());
    }

    [Fact]
    public async Task Events_OfANodeThatIsGone_AreToldByTheOther()
    {
        var database = await postgreSql.CreateDatabaseAsync();
        await using var receiver = await WebhookReceiver.StartAsync();
        var options = WebhookApp.Telling(receiver, WebhookApp.Quick) with { Storage = (services, _) => services.AddPostgreSqlStorage(database) };
        // it records for the endpoint, and looks so seldom that it tells nothing itself
        await using (var here = await TestApp.StartAsync(options with { Time = new ManualTime(TimeProvider.System.GetUtcNow()) }))
        await using (var ada = await here.EditAsync("ada", "notes"))
        {
            await ada.TypeAsync("notes", 0);
            Assert.Empty(receiver.Requests);
        }

        await using var there = await TestApp.StartAsync(options);

        var taken = await receiver.TakeAsync(events => events.Count >= 2);
        Assert.Equal(["document.changed", "document.created"], taken.Select(one => one.Type).Order());
    }
}
