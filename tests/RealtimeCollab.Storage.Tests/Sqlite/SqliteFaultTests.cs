using Dapper;
using Microsoft.Data.Sqlite;
using RealtimeCollab.OperationalTransform;
using RealtimeCollab.Sessions;
using RealtimeCollab.Sessions.Storage;
using RealtimeCollab.Storage.Sqlite;
using static RealtimeCollab.Storage.Tests.Samples;

namespace RealtimeCollab.Storage.Tests.Sqlite;

/// <summary>What becomes of appends when the disk, another process or the end of the process comes between.</summary>
public sealed class SqliteFaultTests : SqliteTestBase
{
    [Fact]
    public async Task Append_DiskFull_IsUnavailableAndWorksWhenThereIsRoom()
    {
        await using var store = await OpenAsync();
        var head = await store.CreateWithAsync(1);
        await OnWriterAsync(store, connection => connection.Execute("PRAGMA max_page_count = 1"));

        await AssertUnavailableAsync(store.Log.AppendAsync(Large(head), Cancellation));
        Assert.Equal(head, await store.HeadAsync(head.DocumentId));

        await OnWriterAsync(store, connection => connection.Execute("PRAGMA max_page_count = 1000000"));
        Assert.Equal(AppendOutcome.Appended, await store.Log.AppendAsync(Large(head), Cancellation));
        Assert.Equal([1, 2], await store.RevisionsAsync(head.DocumentId));
    }

    [Fact]
    public async Task Append_DiskFullForOneOfMany_LeavesTheOthers()
    {
        await using var store = await OpenAsync();
        var small = await store.CreateWithAsync(1);
        var large = await store.CreateWithAsync(1);
        await OnWriterAsync(store, connection => connection.Execute("PRAGMA max_page_count = 1"));

        Task<AppendOutcome> first, second;
        using (await HoldWriterAsync(store))
        {
            first = store.Log.AppendAsync(Large(large), Cancellation).AsTask();
            second = store.Log.AppendAsync(Batch(small), Cancellation).AsTask();
        }

        await AssertUnavailableAsync(new ValueTask<AppendOutcome>(first));
        Assert.Equal(AppendOutcome.Appended, await second);
        Assert.Equal([1], await store.RevisionsAsync(large.DocumentId));
        Assert.Equal([1, 2], await store.RevisionsAsync(small.DocumentId));
    }

    [Fact]
    public async Task Append_DatabaseReadOnly_IsUnavailableUntilItCanBeOpenedForWriting()
    {
        await using var store = await OpenAsync();
        var head = await store.CreateAsync();
        await OnWriterAsync(store, connection => connection.Execute("PRAGMA query_only = ON"));

        await AssertUnavailableAsync(store.Log.AppendAsync(Batch(head), Cancellation));
        Assert.Empty(await store.RevisionsAsync(head.DocumentId));

        // the next write opens the file again
        Assert.Equal(AppendOutcome.Appended, await store.Log.AppendAsync(Batch(head), Cancellation));
    }

    [Fact]
    public async Task Delete_WhoseOperationsCannotBeRemoved_IsDone_AndTheNextStartRemovesThem()
    {
        await using (var store = await OpenAsync())
        {
            var head = await store.CreateWithAsync(3);
            await using var other = new SqliteConnection($"Data Source={DatabasePath};Pooling=False");
            other.Open();
            await other.ExecuteAsync("CREATE TRIGGER stuck BEFORE DELETE ON operations BEGIN SELECT RAISE(ABORT, 'stuck'); END");

            Assert.True(await store.Log.DeleteAsync(head.DocumentId, head.Incarnation, "ada", Noon, Cancellation));

            Assert.Null(await store.Log.FindAsync(head.DocumentId, Cancellation));
            Assert.Equal(3, await other.ExecuteScalarAsync<int>("SELECT count(*) FROM operations"));
            await other.ExecuteAsync("DROP TRIGGER stuck");
        }

        await using var again = await OpenAsync();
        await using var reader = new SqliteConnection($"Data Source={DatabasePath};Pooling=False");
        Assert.Equal(0, await reader.ExecuteScalarAsync<int>("SELECT count(*) FROM operations"));
    }

    [Fact]
    public async Task Append_AnotherProcessWrites_IsUnavailableAndReadersGoOn()
    {
        await using var store = await OpenAsync();
        var head = await store.CreateWithAsync(2);
        await using var other = new SqliteConnection($"Data Source={DatabasePath};Pooling=False");
        other.Open();
        await other.ExecuteAsync("BEGIN IMMEDIATE; DELETE FROM operations");

        await AssertUnavailableAsync(store.Log.AppendAsync(Batch(head), Cancellation));
        Assert.Equal([1, 2], await store.RevisionsAsync(head.DocumentId));

        await other.ExecuteAsync("ROLLBACK");
        Assert.Equal(AppendOutcome.Appended, await store.Log.AppendAsync(Batch(head), Cancellation));
    }

    [Fact]
    public async Task Dispose_WhileAppendsWait_WritesThemFirst()
    {
        var store = await OpenAsync();
        var heads = new List<DocumentHead>();
        for (var index = 0; index < 20; index++)
            heads.Add(await store.CreateAsync());

        Task<AppendOutcome>[] appends;
        Task disposing;
        using (await HoldWriterAsync(store))
        {
            appends = [.. heads.Select(head => store.Log.AppendAsync(Batch(head), Cancellation).AsTask())];
            disposing = store.DisposeAsync().AsTask();
        }

        Assert.All(await Task.WhenAll(appends), outcome => Assert.Equal(AppendOutcome.Appended, outcome));
        await disposing;
        await using var again = await OpenAsync();
        foreach (var head in heads)
            Assert.Equal([1], await again.RevisionsAsync(head.DocumentId));
    }

    [Fact]
    public async Task Call_AfterDispose_IsUnavailable()
    {
        var store = await OpenAsync();
        var log = store.Log;
        var head = await store.CreateAsync();
        await store.DisposeAsync();

        await AssertUnavailableAsync(log.AppendAsync(Batch(head), Cancellation));
        await AssertUnavailableAsync(log.FindAsync(head.DocumentId, Cancellation));
    }

    [Fact]
    public async Task Append_CancelledWhileItWaits_IsNotWritten()
    {
        await using var store = await OpenAsync();
        var head = await store.CreateAsync();
        using var cancellation = new CancellationTokenSource();

        Task<AppendOutcome> append;
        using (await HoldWriterAsync(store))
        {
            append = store.Log.AppendAsync(Batch(head, 1, "cancelled"), cancellation.Token).AsTask();
            await cancellation.CancelAsync();
        }

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => append);
        Assert.Equal(AppendOutcome.Appended, await store.Log.AppendAsync(Batch(head, 1, "next"), Cancellation));
        Assert.Equal("next-1", Assert.Single(await store.Log.ReadAsync(head.DocumentId, 0, 10, Cancellation)).OperationId);
    }

    [Fact]
    public async Task Process_KilledInMidTransaction_LeavesNoPartOfIt()
    {
        await using var store = await OpenAsync();
        var committed = await store.CreateWithAsync(2);
        var killed = Folder.PathOf("killed");
        Directory.CreateDirectory(killed);

        // the files as they are while a transaction larger than the cache is under way: half of it has gone to the log already
        await OnWriterAsync(store, connection =>
        {
            var before = new FileInfo(DatabasePath + "-wal").Length;
            connection.Execute("PRAGMA cache_size = 5");
            connection.Execute("UPDATE documents SET revision = 500");
            for (var revision = 3; revision <= 500; revision++)
                connection.Execute("INSERT INTO operations SELECT number, @revision, 'c', 'u', @revision, 0, zeroblob(1000) FROM documents", new { revision });
            Assert.True(new FileInfo(DatabasePath + "-wal").Length > before + 100_000);
            foreach (var file in Directory.GetFiles(Folder.Path, "store.db*").Where(file => !file.EndsWith(".lock", StringComparison.Ordinal)))
                File.Copy(file, Path.Combine(killed, Path.GetFileName(file)));
            return 0;
        });

        await using var again = await OpenAsync(new SqliteStorageOptions { ConnectionString = $"Data Source={Path.Combine(killed, "store.db")}" });
        Assert.Equal(committed, await again.HeadAsync(committed.DocumentId));
        Assert.Equal([1, 2], await again.RevisionsAsync(committed.DocumentId));
    }

    private static AppendBatch Large(DocumentHead head) => new(
        head.DocumentId,
        head.Incarnation,
        head.Revision,
        [Entry(head.Revision + 1, operation: TextOperation.Replace(1, 0, 0, new string('x', 100_000)))]);

    private static async Task AssertUnavailableAsync<T>(ValueTask<T> call)
    {
        var failure = await Assert.ThrowsAsync<CollabException>(async () => await call);
        Assert.Equal(CollabError.StoreUnavailable, failure.Error);
        Assert.NotNull(failure.InnerException);
    }

    private static ValueTask<int> OnWriterAsync(TestStore store, Func<SqliteConnection, int> work) =>
        Database(store).Writer.RunAsync(work, Cancellation);

    /// <summary>Returns when the writer stands still; what is asked of it until the hold ends becomes one group.</summary>
    private static async Task<IDisposable> HoldWriterAsync(TestStore store)
    {
        var held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var hold = new Hold();
        _ = Database(store).Writer.RunAsync(
            _ =>
            {
                held.SetResult();
                hold.Wait();
                return 0;
            },
            Cancellation).AsTask();
        await held.Task;
        return hold;
    }

    private sealed class Hold : IDisposable
    {
        private readonly ManualResetEventSlim _ended = new();

        public void Wait() => _ended.Wait();

        public void Dispose() => _ended.Set();
    }
}
