using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using RealtimeCollab.Storage.PostgreSql;
using RealtimeCollab.Storage.PostgreSql.Internal.Schema;
using RealtimeCollab.Testing;
using static RealtimeCollab.Storage.Tests.Samples;

namespace RealtimeCollab.Storage.Tests.PostgreSql;

public sealed class PostgreSqlStartTests(PostgreSqlServer server)
{
    [Fact]
    public async Task Start_SeveralAtOnceOnNewDatabase_MigrateItOnce()
    {
        var connectionString = await server.CreateDatabaseAsync();

        var stores = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => OpenAsync(connectionString))));

        var head = await stores[0].CreateWithAsync(2);
        foreach (var store in stores)
        {
            Assert.Equal(head, await store.HeadAsync(head.DocumentId));
            await store.DisposeAsync();
        }

        Assert.Equal(
            Enumerable.Range(1, PostgreSqlSchema.Version),
            await QueryAsync<int>(connectionString, "SELECT version FROM realtimecollab.schema_versions ORDER BY version"));
    }

    [Fact]
    public async Task Start_DatabaseOfNewerProgram_IsRefusedUntouched()
    {
        var connectionString = await server.CreateDatabaseAsync();
        await (await OpenAsync(connectionString)).DisposeAsync();
        await QueryAsync<int>(connectionString, $"INSERT INTO realtimecollab.schema_versions VALUES ({PostgreSqlSchema.Version + 1}, now())");

        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => OpenAsync(connectionString));

        Assert.Contains($"schema version {PostgreSqlSchema.Version + 1}", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("newer program", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Nonsense=1")]
    [InlineData("Host=127.0.0.1;Port=1;Username=someone;Password=hunter2;Timeout=5")]
    public async Task Start_UselessConnectionString_NamesTheSettingAndNoSecret(string connectionString)
    {
        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => OpenAsync(connectionString));

        Assert.Contains("RealtimeCollab__Storage__ConnectionString", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", refusal.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_AfterStop_EverythingIsThere()
    {
        var connectionString = await server.CreateDatabaseAsync();
        var store = await OpenAsync(connectionString);
        var head = await store.CreateWithAsync(5);
        await store.Versions.AddAsync(Version(head, 4, "v"), Snapshot(head, 4), Cancellation);
        var entries = await store.Log.ReadAsync(head.DocumentId, 0, 10, Cancellation);
        await store.DisposeAsync();

        await using var again = await OpenAsync(connectionString);

        Assert.Equal(head, await again.HeadAsync(head.DocumentId));
        Assert.Equal(entries, await again.Log.ReadAsync(head.DocumentId, 0, 10, Cancellation));
        Assert.Equal([Version(head, 4, "v")], await again.Versions.ListAsync(head.DocumentId, head.Incarnation, Cancellation));
        Assert.NotNull(await again.Snapshots.FindAsync(head.DocumentId, head.Incarnation, 4, Cancellation));
    }

    [Fact]
    public async Task Start_AfterCompactionCutShort_RemovesTheRest()
    {
        var connectionString = await server.CreateDatabaseAsync();
        var store = await OpenAsync(connectionString);
        var head = await store.CreateWithAsync(5);
        await store.DisposeAsync();
        // what a node leaves that is killed between moving the horizon and removing what lies below it
        await QueryAsync<int>(connectionString, "UPDATE realtimecollab.documents SET horizon = 3");

        await using var again = await OpenAsync(connectionString);

        Assert.Equal([4, 5], await QueryAsync<long>(connectionString, "SELECT revision FROM realtimecollab.operations ORDER BY revision"));
        Assert.Equal([4, 5], await again.RevisionsAsync(head.DocumentId, after: 3));
    }

    [Fact]
    public async Task Delete_WhoseOperationsCannotBeRemoved_IsDone_AndTheNextStartRemovesThem()
    {
        var connectionString = await server.CreateDatabaseAsync();
        await using (var store = await OpenAsync(connectionString))
        {
            var head = await store.CreateWithAsync(3);
            await QueryAsync<int>(connectionString, """
                CREATE FUNCTION stuck() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'stuck'; END $$;
                CREATE TRIGGER stuck BEFORE DELETE ON realtimecollab.operations FOR EACH ROW EXECUTE FUNCTION stuck()
                """);

            Assert.True(await store.Log.DeleteAsync(head.DocumentId, head.Incarnation, "ada", Noon, Cancellation));

            Assert.Null(await store.Log.FindAsync(head.DocumentId, Cancellation));
            await QueryAsync<int>(connectionString, "DROP TRIGGER stuck ON realtimecollab.operations");
        }

        Assert.Equal([3], await QueryAsync<long>(connectionString, "SELECT count(*) FROM realtimecollab.operations"));
        await using var again = await OpenAsync(connectionString);
        Assert.Equal([0], await QueryAsync<long>(connectionString, "SELECT count(*) FROM realtimecollab.operations"));
    }

    [Fact]
    public async Task Delete_OfMoreOperationsThanOneSliceHas_RemovesThemAll()
    {
        var connectionString = await server.CreateDatabaseAsync();
        await using var store = await OpenAsync(connectionString);
        var head = await store.CreateWithAsync(4_500);
        var beside = await store.CreateWithAsync(2);

        Assert.True(await store.Log.DeleteAsync(head.DocumentId, head.Incarnation, "ada", Noon, Cancellation));

        Assert.Equal([2], await QueryAsync<long>(connectionString, "SELECT count(*) FROM realtimecollab.operations"));
        Assert.Equal([1, 2], await store.RevisionsAsync(beside.DocumentId));
    }

    private static Task<TestStore> OpenAsync(string connectionString) =>
        TestStore.StartAsync(new ServiceCollection().AddPostgreSqlStorage(connectionString));

    private static async Task<List<T>> QueryAsync<T>(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString + ";Pooling=false");
        return [.. await connection.QueryAsync<T>(sql)];
    }
}
