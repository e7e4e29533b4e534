using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using RealtimeCollab.Sessions.Storage.Webhooks;
using RealtimeCollab.Storage.PostgreSql;
using RealtimeCollab.Testing;
using static RealtimeCollab.Storage.Tests.Samples;

namespace RealtimeCollab.Storage.Tests.PostgreSql;

/// <summary>What webhooks cost, and two nodes at one outbox.</summary>
public sealed class PostgreSqlWebhookTests(PostgreSqlServer server)
{
    private readonly string _endpoint = WebhookSamples.NewEndpoint();

    [Fact]
    public async Task Appends_OfADocumentThatIsMarked_StayOnItsPage()
    {
        const int Appends = 60;
        var database = await server.CreateDatabaseAsync();
        await using (var store = await StartAsync(database))
        {
            var head = await store.CreateAsync();
            for (var revision = 0; revision < Appends; revision++)
                await store.Log.AppendAsync(Batch(head with { Revision = revision }), Cancellation);
            Assert.Single(await store.OutboxArchive.ListChangesAsync("", 10, Cancellation));
        }

        // statistics are written when a connection has ended
        var (updated, onPage) = await ReadStatisticsAsync(database, Appends);

        Assert.Equal(Appends, updated);
        // all but the first, which is marked, and some that found the page full
        Assert.InRange(onPage, Appends * 3 / 4, Appends - 1);
    }

    [Fact]
    public async Task Claims_OfTwoNodes_TakeEachDeliveryOnce()
    {
        var database = await server.CreateDatabaseAsync();
        await using var here = await StartAsync(database);
        await using var there = await StartAsync(database);
        for (var document = 0; document < 50; document++)
            await here.CreateAsync();

        var claims = await Task.WhenAll(Enumerable.Range(0, 20).Select(turn => Task.Run(
            () => (turn % 2 == 0 ? here : there).Outbox.ClaimAsync(_endpoint, WebhookSamples.Later, WebhookSamples.Later.AddHours(1), 4, Cancellation).AsTask())));

        var numbers = claims.SelectMany(claim => claim).Select(delivery => delivery.Number).ToList();
        Assert.Equal(numbers.Count, numbers.Distinct().Count());
        Assert.InRange(numbers.Count, 4, 50);
    }

    [Fact]
    public async Task Changes_RecordedByTwoNodesAtOnce_AreEventsOnce()
    {
        var database = await server.CreateDatabaseAsync();
        await using var here = await StartAsync(database);
        await using var there = await StartAsync(database);
        for (var document = 0; document < 20; document++)
            await here.CreateWithAsync(1);

        var recorded = await Task.WhenAll(Enumerable.Range(0, 8).Select(turn => Task.Run(
            () => (turn % 2 == 0 ? here : there).Outbox.RecordChangesAsync(WebhookSamples.Later, WebhookSamples.Later, 100, Cancellation).AsTask())));

        Assert.Equal(20, recorded.Sum());
        var told = (await here.TakeAsync(_endpoint)).Where(delivery => delivery.Event.Type == WebhookEventType.DocumentChanged).ToList();
        Assert.Equal(20, told.Count);
        Assert.All(told, delivery => Assert.Equal((1, "ada"), (delivery.Event.Revision, delivery.Event.UserId)));
    }

    private async Task<TestStore> StartAsync(string database) => await TestStore.StartAsync(
        new ServiceCollection().AddSingleton(WebhookSamples.To(_endpoint, Enum.GetValues<WebhookEventType>())).AddPostgreSqlStorage(database));

    private static async Task<(long Updated, long OnPage)> ReadStatisticsAsync(string database, long atLeast)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        await using var connection = new NpgsqlConnection(database);
        while (true)
        {
            var statistics = await connection.QuerySingleAsync<(long Updated, long OnPage)>(
                "SELECT n_tup_upd, n_tup_hot_upd FROM pg_stat_user_tables WHERE schemaname = 'realtimecollab' AND relname = 'documents'");
            if (statistics.Updated >= atLeast)
                return statistics;
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, patience.Token);
        }
    }
}
