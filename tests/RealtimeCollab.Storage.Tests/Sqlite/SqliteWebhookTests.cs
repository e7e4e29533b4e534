using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using RealtimeCollab.Sessions.Storage.Webhooks;
using RealtimeCollab.Storage.Sqlite;
using RealtimeCollab.Storage.Sqlite.Internal.Ports;
using static RealtimeCollab.Storage.Tests.Samples;

namespace RealtimeCollab.Storage.Tests.Sqlite;

/// <summary>What webhooks cost the one writer.</summary>
public sealed class SqliteWebhookTests : SqliteTestBase
{
    private readonly string _endpoint = WebhookSamples.NewEndpoint();

    [Fact]
    public async Task Upkeep_OfAnOutboxInWhichNothingIsToBeDone_DoesNotWaitForTheWriter()
    {
        await using var store = await StartAsync();
        await store.CreateAsync();
        var other = new DeadLetters { Endpoint = _endpoint };
        await using var writer = await ConnectAsync();
        await writer.ExecuteAsync("BEGIN IMMEDIATE; DELETE FROM operations");

        Assert.Equal(0, await store.Outbox.BuryStrayAsync([_endpoint], WebhookSamples.Later, Noon, "nobody", Cancellation));
        Assert.Equal(0, await store.Outbox.DropAsync(new DeadLetters { DeadBefore = WebhookSamples.Later }, Cancellation));
        Assert.Equal(0, await store.Outbox.DropAsync(other, Cancellation));
        Assert.Equal(0, await store.Outbox.RedeliverAsync(other, Noon, Cancellation));
        Assert.Equal(1, Assert.Single(await store.Outbox.MeasureAsync(Cancellation)).Waiting);
    }

    [Fact]
    public async Task Measure_AndTheLookForOldDeadLetters_ReadNoRows()
    {
        await using var store = await StartAsync();
        await using var connection = await ConnectAsync();

        var measuring = await PlanAsync(connection, SqliteWebhookOutbox.MeasureSql);
        var looking = await PlanAsync(connection, "SELECT EXISTS (SELECT 1 FROM webhook_deliveries WHERE dead_at IS NOT NULL AND dead_at < 7)");

        Assert.Equal(2, measuring.Count(step => step.Contains("webhook_deliveries USING COVERING INDEX", StringComparison.Ordinal)));
        Assert.Contains(looking, step => step.Contains("SEARCH webhook_deliveries USING COVERING INDEX webhook_deliveries_died", StringComparison.Ordinal));
    }

    private Task<TestStore> StartAsync() => TestStore.StartAsync(new ServiceCollection()
        .AddSqliteStorage($"Data Source={DatabasePath}")
        .AddSingleton(WebhookSamples.To(_endpoint, WebhookEventType.DocumentCreated)));

    private async Task<SqliteConnection> ConnectAsync()
    {
        var connection = new SqliteConnection($"Data Source={DatabasePath};Pooling=False");
        await connection.OpenAsync(Cancellation);
        return connection;
    }

    private static async Task<List<string>> PlanAsync(SqliteConnection connection, string sql) =>
        [.. (await connection.QueryAsync<(long Id, long Parent, long Unused, string Detail)>("EXPLAIN QUERY PLAN " + sql)).Select(step => step.Detail)];
}
