using Dapper;
using Microsoft.Data.Sqlite;
using RealtimeCollab.Storage.Sqlite;
using RealtimeCollab.Storage.Sqlite.Internal.Schema;
using static RealtimeCollab.Storage.Tests.Samples;

namespace RealtimeCollab.Storage.Tests.Sqlite;

public sealed class SqliteStartTests : SqliteTestBase
{
    [Fact]
    public async Task Start_MissingFolder_IsMade()
    {
        var path = Folder.PathOf("some/where/new.db");

        await using var store = await OpenAsync(new SqliteStorageOptions { ConnectionString = $"Data Source={path}" });

        Assert.True(File.Exists(path));
        await store.CreateWithAsync(1);
    }

    [Theory]
    [InlineData("Data Source=:memory:", "memory")]
    [InlineData("Data Source=x;Mode=Memory", "memory")]
    [InlineData("", "file")]
    [InlineData("Nonsense=1", "nonsense")]
    public async Task Start_UselessConnectionString_NamesTheSetting(string connectionString, string hint)
    {
        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() =>
            OpenAsync(new SqliteStorageOptions { ConnectionString = connectionString }));

        Assert.Contains("RealtimeCollab__Storage__ConnectionString", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(hint, refusal.Message, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Start_FileThatIsNoDatabase_NamesTheSetting()
    {
        await File.WriteAllTextAsync(DatabasePath, new string('x', 5000), Cancellation);

        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => OpenAsync());

        Assert.Contains("RealtimeCollab__Storage__ConnectionString", refusal.Message, StringComparison.Ordinal);
        Assert.IsType<SqliteException>(refusal.InnerException);
    }

    [Fact]
    public async Task Start_SecondServerOnTheFile_IsRefusedUntilTheFirstStops()
    {
        var first = await OpenAsync();

        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => OpenAsync());
        Assert.Contains("Another server", refusal.Message, StringComparison.Ordinal);

        await first.DisposeAsync();
        await using var second = await OpenAsync();
        await second.CreateWithAsync(1);
    }

    [Fact]
    public async Task Start_SeveralAtOnceOnNewFile_MigrateItOnce()
    {
        var stores = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => OpenAsync(new SqliteStorageOptions
        {
            ConnectionString = $"Data Source={DatabasePath}",
            AllowOtherProcesses = true,
        }))));

        var head = await stores[0].CreateWithAsync(2);
        foreach (var store in stores)
        {
            Assert.Equal(head, await store.HeadAsync(head.DocumentId));
            await store.DisposeAsync();
        }

        Assert.Equal(Enumerable.Range(1, SqliteSchema.Version), await QueryAsync<int>("SELECT version FROM schema_versions ORDER BY version"));
    }

    [Fact]
    public async Task Start_DatabaseOfNewerProgram_IsRefusedUntouched()
    {
        await (await OpenAsync()).DisposeAsync();
        await QueryAsync<int>($"INSERT INTO schema_versions VALUES ({SqliteSchema.Version + 1}, 0) RETURNING version");

        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => OpenAsync());

        Assert.Contains($"schema version {SqliteSchema.Version + 1}", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("newer program", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(SqliteSchema.Version + 1, Assert.Single(await QueryAsync<int>("SELECT max(version) FROM schema_versions")));
    }

    [Fact]
    public async Task Start_AfterStop_EverythingIsThere()
    {
        var store = await OpenAsync();
        var head = await store.CreateWithAsync(5);
        await store.Versions.AddAsync(Version(head, 4, "v"), Snapshot(head, 4), Cancellation);
        var entries = await store.Log.ReadAsync(head.DocumentId, 0, 10, Cancellation);
        await store.DisposeAsync();

        await using var again = await OpenAsync();

        Assert.Equal(head, await again.HeadAsync(head.DocumentId));
        Assert.Equal(entries, await again.Log.ReadAsync(head.DocumentId, 0, 10, Cancellation));
        Assert.Equal([Version(head, 4, "v")], await again.Versions.ListAsync(head.DocumentId, head.Incarnation, Cancellation));
        Assert.NotNull(await again.Snapshots.FindAsync(head.DocumentId, head.Incarnation, 4, Cancellation));
    }

    [Fact]
    public async Task Start_AfterCompactionCutShort_RemovesTheRest()
    {
        var store = await OpenAsync();
        var head = await store.CreateWithAsync(5);
        await store.DisposeAsync();
        // what a process leaves that is killed between moving the horizon and removing what lies below it
        await QueryAsync<int>("UPDATE documents SET horizon = 3 RETURNING horizon");

        await using var again = await OpenAsync();

        Assert.Equal([4, 5], await QueryAsync<long>("SELECT revision FROM operations ORDER BY revision"));
        Assert.Equal([4, 5], await again.RevisionsAsync(head.DocumentId, after: 3));
    }

    [Fact]
    public async Task Start_Commits_WaitForTheDisk()
    {
        await using var store = await OpenAsync();

        var (journal, synchronous) = await Database(store).Writer.RunAsync(
            connection => (connection.ExecuteScalar<string>("PRAGMA journal_mode"), connection.ExecuteScalar<int>("PRAGMA synchronous")),
            Cancellation);

        Assert.Equal(("wal", 2), (journal, synchronous));
    }

    private async Task<List<T>> QueryAsync<T>(string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={DatabasePath};Pooling=False");
        return [.. await connection.QueryAsync<T>(sql)];
    }
}
