using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using RealtimeCollab.Sessions;
using RealtimeCollab.Sessions.Storage;
using RealtimeCollab.Storage.PostgreSql;
using RealtimeCollab.Testing;
using static RealtimeCollab.Storage.Tests.Samples;

namespace RealtimeCollab.Storage.Tests.PostgreSql;

/// <summary>What becomes of appends when the server, the network or a lock comes between; each test has a server of its own.</summary>
public sealed class PostgreSqlFaultTests : IAsyncLifetime
{
    private readonly PostgreSqlServer _server = new();
    private string _connectionString = string.Empty;

    public async ValueTask InitializeAsync()
    {
        await _server.InitializeAsync();
        _connectionString = await _server.CreateDatabaseAsync();
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Calls_ServerStopped_AreUnavailableAndWorkAfterItsStart()
    {
        await using var store = await OpenAsync();
        var head = await store.CreateWithAsync(1);

        await _server.StopAsync();
        await AssertUnavailableAsync(store.Log.AppendAsync(Batch(head), Cancellation));
        await AssertUnavailableAsync(store.Log.FindAsync(head.DocumentId, Cancellation));

        await _server.StartAsync();
        Assert.Equal(head, await store.HeadAsync(head.DocumentId));
        Assert.Equal(AppendOutcome.Appended, await store.Log.AppendAsync(Batch(head), Cancellation));
    }

    [Fact]
    public async Task Reads_AfterServerWasRestarted_DoNotNotice()
    {
        await using var store = await OpenAsync();
        var head = await store.CreateWithAsync(1);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => store.HeadAsync(head.DocumentId)));

        await _server.StopAsync();
        await _server.StartAsync();

        Assert.All(await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => store.HeadAsync(head.DocumentId))), found => Assert.Equal(head, found));
    }

    [Fact]
    public async Task Append_FloodOverARestart_LosesAndDoublesNothing()
    {
        await using var store = await OpenAsync();
        var heads = new List<DocumentHead>();
        for (var index = 0; index < 5; index++)
            heads.Add(await store.CreateAsync());
        using var stop = new CancellationTokenSource();
        long committed = 0;

        var floods = heads.Select(head => Task.Run(() => FloodAsync(store, head.DocumentId, () => Interlocked.Increment(ref committed), stop.Token))).ToArray();
        await WaitForAsync(() => CommittedAsync(100));
        await _server.StopAsync();
        await _server.StartAsync();
        var before = Interlocked.Read(ref committed);
        await WaitForAsync(() => CommittedAsync(before + 100));
        await stop.CancelAsync();

        for (var index = 0; index < heads.Count; index++)
        {
            var acknowledged = await floods[index];
            var stored = await store.Log.ReadAsync(heads[index].DocumentId, 0, int.MaxValue, Cancellation);
            Assert.Equal(Enumerable.Range(1, stored.Count).Select(revision => (long)revision), stored.Select(entry => entry.Revision));
            Assert.Equal(stored.Count, stored.Select(entry => entry.OperationId).Distinct(StringComparer.Ordinal).Count());
            Assert.Subset(stored.Select(entry => entry.OperationId).ToHashSet(StringComparer.Ordinal), acknowledged);
        }

        async Task<bool> CommittedAsync(long count)
        {
            await Task.Yield();
            return Interlocked.Read(ref committed) >= count;
        }
    }

    [Fact]
    public async Task Append_ConnectionLostAfterCommit_ThrowsAndIsInTheLog()
    {
        await using var network = new AnswerCutter(_server.Port);
        await using var store = await OpenAsync(network.Port);
        var head = await store.CreateWithAsync(1);

        network.CutAnswers();
        await AssertUnavailableAsync(store.Log.AppendAsync(Batch(head, 2), Cancellation));
        network.Heal();

        // the server may take a moment longer than it takes to notice the cut
        await WaitForAsync(async () => await store.HeadAsync(head.DocumentId) is { Revision: 3 });
        Assert.Equal([1, 2, 3], await store.RevisionsAsync(head.DocumentId));
        Assert.Equal(AppendOutcome.Conflict, await store.Log.AppendAsync(Batch(head, 2), Cancellation));
    }

    [Fact]
    public async Task Append_BackendTerminatedBeforeCommit_ThrowsAndIsNotInTheLog()
    {
        await using var store = await OpenAsync();
        var head = await store.CreateWithAsync(1);
        await using var other = await ConnectAsync();
        await using var transaction = await other.BeginTransactionAsync(Cancellation);
        await other.ExecuteAsync("SELECT FROM realtimecollab.documents FOR UPDATE");

        var append = store.Log.AppendAsync(Batch(head), Cancellation);
        await WaitForWaitersAsync(1);
        await other.ExecuteAsync("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event_type = 'Lock'");
        await AssertUnavailableAsync(append);
        await transaction.RollbackAsync(Cancellation);

        Assert.Equal(head, await store.HeadAsync(head.DocumentId));
        Assert.Equal(AppendOutcome.Appended, await store.Log.AppendAsync(Batch(head), Cancellation));
    }

    [Fact]
    public async Task Append_OneOfManyThatCannotBeStored_LeavesTheOthers()
    {
        await using var store = await OpenAsync();
        var locked = await store.CreateAsync();
        var good = await store.CreateAsync();
        var bad = await store.CreateAsync();
        await using var other = await ConnectAsync();
        await using var transaction = await other.BeginTransactionAsync(Cancellation);
        await other.ExecuteAsync("SELECT FROM realtimecollab.documents WHERE document_id = @DocumentId FOR UPDATE", new { locked.DocumentId });

        // while the first waits for the lock the others gather
        var first = store.Log.AppendAsync(Batch(locked), Cancellation).AsTask();
        await WaitForWaitersAsync(1);
        var second = store.Log.AppendAsync(Batch(bad, 1, "text columns refuse \0"), Cancellation);
        var third = store.Log.AppendAsync(Batch(good), Cancellation).AsTask();
        await transaction.RollbackAsync(Cancellation);

        await AssertUnavailableAsync(second);
        Assert.Equal(AppendOutcome.Appended, await first);
        Assert.Equal(AppendOutcome.Appended, await third);
        Assert.Empty(await store.RevisionsAsync(bad.DocumentId));
    }

    [Fact]
    public async Task Dispose_WhileAppendsWait_WritesThemFirst()
    {
        var store = await OpenAsync();
        var heads = new List<DocumentHead>();
        for (var index = 0; index < 20; index++)
            heads.Add(await store.CreateAsync());

        var appends = heads.Select(head => store.Log.AppendAsync(Batch(head), Cancellation).AsTask()).ToArray();
        var log = store.Log;
        await store.DisposeAsync();

        Assert.All(await Task.WhenAll(appends), outcome => Assert.Equal(AppendOutcome.Appended, outcome));
        await AssertUnavailableAsync(log.AppendAsync(Batch(heads[0]), Cancellation));
        await using var again = await OpenAsync();
        foreach (var head in heads)
            Assert.Equal([1], await again.RevisionsAsync(head.DocumentId));
    }

    /// <summary>Appends as a session does: after a failure it looks into the log before it goes on.</summary>
    private static async Task<HashSet<string>> FloodAsync(TestStore store, string documentId, Action committed, CancellationToken stop)
    {
        var acknowledged = new HashSet<string>(StringComparer.Ordinal);
        for (var number = 0; !stop.IsCancellationRequested; number++)
        {
            var operationId = $"operation-{number}";
            while (!acknowledged.Contains(operationId))
            {
                try
                {
                    var head = await store.HeadAsync(documentId);
                    if (await IsInLogAsync(store, head, operationId)
                        || await store.Log.AppendAsync(new AppendBatch(documentId, head.Incarnation, head.Revision, [Entry(head.Revision + 1, operationId)]), Cancellation) == AppendOutcome.Appended)
                        acknowledged.Add(operationId);
                }
                catch (CollabException failure) when (failure.Error == CollabError.StoreUnavailable)
                {
                    Cancellation.ThrowIfCancellationRequested();
                }
            }

            committed();
        }

        return acknowledged;
    }

    private static async Task<bool> IsInLogAsync(TestStore store, DocumentHead head, string operationId) =>
        (await store.Log.ReadAsync(head.DocumentId, Math.Max(0, head.Revision - 2), 2, Cancellation))
            .Any(entry => string.Equals(entry.OperationId, operationId, StringComparison.Ordinal));

    private static async Task AssertUnavailableAsync<T>(ValueTask<T> call)
    {
        var failure = await Assert.ThrowsAsync<CollabException>(async () => await call);
        Assert.Equal(CollabError.StoreUnavailable, failure.Error);
        Assert.NotNull(failure.InnerException);
    }

    private Task WaitForWaitersAsync(int count) => WaitForAsync(async () =>
    {
        await using var connection = await ConnectAsync();
        return await connection.ExecuteScalarAsync<int>("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'") == count;
    });

    /// <summary>Asks the server until it says so; the test's own time limit ends it.</summary>
    private static async Task WaitForAsync(Func<Task<bool>> condition)
    {
        while (!await condition())
            Cancellation.ThrowIfCancellationRequested();
    }

    private async Task<NpgsqlConnection> ConnectAsync()
    {
        var connection = new NpgsqlConnection(_connectionString + ";Pooling=false");
        await connection.OpenAsync(Cancellation);
        return connection;
    }

    private Task<TestStore> OpenAsync(int? port = null)
    {
        var settings = new NpgsqlConnectionStringBuilder(_connectionString);
        settings.Port = port ?? settings.Port;
        return TestStore.StartAsync(new ServiceCollection().AddPostgreSqlStorage(settings.ToString()));
    }
}
