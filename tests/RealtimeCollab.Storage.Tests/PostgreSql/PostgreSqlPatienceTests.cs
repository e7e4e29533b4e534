using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using RealtimeCollab.LocalServers;
using RealtimeCollab.Sessions;
using RealtimeCollab.Sessions.Storage;
using RealtimeCollab.Storage.PostgreSql;
using RealtimeCollab.Storage.PostgreSql.Internal;
using RealtimeCollab.Testing;
using static RealtimeCollab.Storage.Tests.Samples;

namespace RealtimeCollab.Storage.Tests.PostgreSql;

/// <summary>How long callers wait for a server from which nothing comes, while nothing says that it is gone.</summary>
public sealed class PostgreSqlPatienceTests(PostgreSqlServer server)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    /// <summary>Real time, less than Npgsql's own limit: what ends within this was not ended by that.</summary>
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Calls_OverANetworkThatFellSilent_AreUnavailableWithinThePatience()
    {
        var settings = new NpgsqlConnectionStringBuilder(await server.CreateDatabaseAsync());
        await using var network = new CuttingProxy(new Uri($"http://127.0.0.1:{settings.Port}"));
        settings.Port = network.Address.Port;
        settings.Remove("Command Timeout");
        var time = new ManualTime();
        await using var store = await TestStore.StartAsync(
            new ServiceCollection().AddSingleton<TimeProvider>(time).AddPostgreSqlStorage(settings.ToString()));
        var head = await store.CreateWithAsync(1);

        network.IsStalled = true;
        await AssertUnavailableAsync(time, () => store.Log.AppendAsync(Batch(head), Cancellation).AsTask());
        await AssertUnavailableAsync(time, () => store.Log.FindAsync(head.DocumentId, Cancellation).AsTask());
        // the next one has no connection yet, and cannot make one
        await AssertUnavailableAsync(time, () => store.Log.AppendAsync(Batch(head), Cancellation).AsTask());

        network.IsStalled = false;
        // what was on its way may still arrive, and is then in the log first
        while (await store.Log.AppendAsync(Batch(await store.HeadAsync(head.DocumentId)), Cancellation) != AppendOutcome.Appended)
            Cancellation.ThrowIfCancellationRequested();
    }

    [Fact]
    public async Task Append_ToADocumentThatStaysLocked_IsUnavailableAndTheOthersGoOn()
    {
        var connectionString = await server.CreateDatabaseAsync();
        // the store's own clock stands still: it is the server that waits no longer
        await using var store = await TestStore.StartAsync(
            new ServiceCollection().AddSingleton<TimeProvider>(new ManualTime()).AddPostgreSqlStorage(connectionString + ";Command Timeout=6"));
        var (locked, other) = (await store.CreateAsync(), await store.CreateAsync());
        Assert.Equal(AppendOutcome.Appended, await store.Log.AppendAsync(Batch(other), Cancellation));
        other = await store.HeadAsync(other.DocumentId);
        await using var frozen = new NpgsqlConnection(connectionString + ";Pooling=false");
        await frozen.OpenAsync(Cancellation);
        await using var transaction = await frozen.BeginTransactionAsync(Cancellation);
        await frozen.ExecuteAsync("SELECT FROM realtimecollab.documents WHERE document_id = @DocumentId FOR UPDATE", new { locked.DocumentId });

        var failure = await Assert.ThrowsAsync<CollabException>(async () => await store.Log.AppendAsync(Batch(locked), Cancellation).AsTask().WaitAsync(Soon, Cancellation));

        Assert.Equal(CollabError.StoreUnavailable, failure.Error);
        Assert.Equal(PostgresErrorCodes.LockNotAvailable, Assert.IsType<PostgresException>(failure.InnerException).SqlState);
        Assert.Equal(AppendOutcome.Appended, await store.Log.AppendAsync(Batch(other), Cancellation));
        await transaction.RollbackAsync(Cancellation);
        Assert.Equal(AppendOutcome.Appended, await store.Log.AppendAsync(Batch(locked), Cancellation));
    }

    [Theory]
    [InlineData("Host=db", 5, 5, 4)]
    [InlineData("Host=db;Timeout=9;Keepalive=30;Command Timeout=20", 9, 30, 20)]
    [InlineData("Host=db;timeout=15;keepalive=0;CommandTimeout=0", 15, 0, -1)]
    public void ConnectionString_ThatSaysOtherwise_IsFollowed(string connectionString, int connect, int keepAlive, int patienceSeconds)
    {
        var settings = new ConnectionSettings(connectionString);

        Assert.Equal((connect, keepAlive), (settings.Npgsql.Timeout, settings.Npgsql.KeepAlive));
        Assert.Equal(patienceSeconds < 0 ? Timeout.InfiniteTimeSpan : TimeSpan.FromSeconds(patienceSeconds), settings.Patience);
    }

    /// <summary>Unavailable when the patience is over on the store's clock, and not before.</summary>
    private static async Task AssertUnavailableAsync<T>(ManualTime time, Func<Task<T>> call)
    {
        // what waited before is over when its timer is gone, and this one waits when it has its own
        await WaitUntilAsync(() => time.ActiveTimers == 0);
        var calling = call();
        await WaitUntilAsync(() => time.ActiveTimers > 0);
        time.Advance(Patience - TimeSpan.FromMilliseconds(1));
        Assert.False(calling.IsCompleted);
        time.Advance(TimeSpan.FromMilliseconds(1));

        var failure = await Assert.ThrowsAsync<CollabException>(() => calling.WaitAsync(Soon, Cancellation));
        Assert.Equal(CollabError.StoreUnavailable, failure.Error);
    }

    private static async Task WaitUntilAsync(Func<bool> condition)
    {
        while (!condition())
        {
            Cancellation.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
