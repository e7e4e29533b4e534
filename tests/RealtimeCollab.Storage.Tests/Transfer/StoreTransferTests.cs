using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using RealtimeCollab.OperationalTransform;
using RealtimeCollab.Sessions.Storage;
using RealtimeCollab.Sessions.Storage.Memory;
using RealtimeCollab.Sessions.Storage.Transfer;
using RealtimeCollab.Storage.PostgreSql;
using RealtimeCollab.Storage.Sqlite;
using RealtimeCollab.Testing;
using static RealtimeCollab.Storage.Tests.Samples;

namespace RealtimeCollab.Storage.Tests.Transfer;

/// <summary>A SQLite store with everything in it that a store can hold is moved to PostgreSQL.</summary>
public sealed class StoreTransferTests(PostgreSqlServer server) : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private TestStore _source = null!;
    private TestStore _target = null!;

    public async ValueTask InitializeAsync()
    {
        var database = await server.CreateDatabaseAsync();
        _source = await TestStore.StartAsync(new ServiceCollection().AddSqliteStorage($"Data Source={_folder.PathOf("source.db")}"));
        _target = await TestStore.StartAsync(new ServiceCollection().AddPostgreSqlStorage(database));
    }

    public async ValueTask DisposeAsync()
    {
        if (_source is not null)
            await _source.DisposeAsync();
        if (_target is not null)
            await _target.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Transfer_FullStore_IsEqualAndVerified()
    {
        var plain = await _source.CreateWithAsync(700);
        await _source.Snapshots.SaveAsync(Snapshot(plain, 300, "\"👍\\u0000\""), Cancellation);
        await _source.Versions.AddAsync(Version(plain, 650, "v1", "Entwurf 👍"), Snapshot(plain, 650), Cancellation);
        var compacted = await CompactedAsync();
        var reborn = await RebornAsync();
        var tombstone = await _source.CreateWithAsync(2);
        await _source.Log.DeleteAsync(tombstone.DocumentId, tombstone.Incarnation, Noon, Cancellation);
        var progress = new List<TransferProgress>();

        var report = await Transfer().RunAsync(new Reports(progress), Cancellation);

        Assert.Equal((3, 1, 700 + 4 + 1), (report.Documents, report.Tombstones, report.Operations));
        Assert.Matches("^[0-9a-f]{64}$", report.Digest);
        foreach (var head in new[] { plain, compacted, reborn })
        {
            Assert.Equal(head, await _target.HeadAsync(head.DocumentId));
            Assert.Equal(
                await _source.Log.ReadAsync(head.DocumentId, head.Horizon, 1000, Cancellation),
                await _target.Log.ReadAsync(head.DocumentId, head.Horizon, 1000, Cancellation));
        }

        Assert.Equal([Version(plain, 650, "v1", "Entwurf 👍")], await _target.Versions.ListAsync(plain.DocumentId, plain.Incarnation, Cancellation));
        Assert.Equal(
            "\"👍\\u0000\""u8.ToArray(),
            (await _target.Snapshots.FindAsync(plain.DocumentId, plain.Incarnation, 300, Cancellation))!.Content.ToArray());
        Assert.Equal(3, (await _target.CreateAsync(NewDocument(tombstone.DocumentId))).StartRevision);
        Assert.Equal(new TransferProgress(TransferPhase.Verifying, 4, 705), progress[^1]);
        Assert.Contains(new TransferProgress(TransferPhase.Copying, 4, 705), progress);
    }

    [Fact]
    public async Task Transfer_CutShort_GoesOnWhereItWas()
    {
        await _source.CreateWithAsync(600);
        await _source.CreateWithAsync(600);
        using var cancellation = new CancellationTokenSource();
        var cut = new Reports([], report =>
        {
            if (report.Operations > 700)
                cancellation.Cancel();
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Transfer().RunAsync(cut, cancellation.Token));
        var copied = new List<TransferProgress>();

        var report = await Transfer().RunAsync(new Reports(copied), Cancellation);

        Assert.Equal(1200, report.Operations);
        Assert.InRange(copied.Last(step => step.Phase == TransferPhase.Copying).Operations, 1, 600);
    }

    [Fact]
    public async Task Transfer_Again_IsEqualAndCopiesNothing()
    {
        await _source.CreateWithAsync(3);
        var first = await Transfer().RunAsync(progress: null, Cancellation);
        var steps = new List<TransferProgress>();

        var second = await Transfer().RunAsync(new Reports(steps), Cancellation);

        Assert.Equal(first, second);
        Assert.Equal(0, steps.Last(step => step.Phase == TransferPhase.Copying).Operations);
    }

    [Fact]
    public async Task Transfer_TargetHoldsAnotherDocumentOfThatName_IsRefused()
    {
        var head = await _source.CreateWithAsync(1);
        var other = await _target.CreateAsync(NewDocument(head.DocumentId));

        var refusal = await Assert.ThrowsAsync<StoreTransferException>(() => Transfer().RunAsync(progress: null, Cancellation));

        Assert.Contains(head.DocumentId, refusal.Message, StringComparison.Ordinal);
        Assert.Equal(other, await _target.HeadAsync(head.DocumentId));
    }

    [Theory]
    [InlineData("UPDATE operations SET operation = CAST('[\"y\"]' AS BLOB) WHERE revision = 1")]
    [InlineData("UPDATE operations SET user_id = 'eve' WHERE revision = 2")]
    [InlineData("UPDATE snapshots SET content = CAST('\"other\"' AS BLOB)")]
    [InlineData("UPDATE versions SET name = 'other'")]
    [InlineData("UPDATE documents SET created_by = 'eve'")]
    public async Task Transfer_StoresThatDiffer_AreNotVerified(string change)
    {
        var head = await _source.CreateWithAsync(3);
        await _source.Versions.AddAsync(Version(head, 2, "v"), Snapshot(head, 2), Cancellation);
        await Transfer().RunAsync(progress: null, Cancellation);
        await using (var connection = new SqliteConnection($"Data Source={_folder.PathOf("source.db")};Pooling=False"))
            Assert.Equal(1, await connection.ExecuteAsync(change));

        var failure = await Assert.ThrowsAsync<StoreTransferException>(() => Transfer().RunAsync(progress: null, Cancellation));

        Assert.Contains(head.DocumentId, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Transfer_ToMemoryAndBack_HasTheSameDigest()
    {
        await CompactedAsync();
        var memory = new MemoryStore();
        var between = new StorePorts(memory, memory, memory, memory);

        var there = await new StoreTransfer(Ports(_source), between).RunAsync(progress: null, Cancellation);
        var back = await new StoreTransfer(between, Ports(_target)).RunAsync(progress: null, Cancellation);

        Assert.Equal(there, back);
    }

    private StoreTransfer Transfer() => new(Ports(_source), Ports(_target));

    private static StorePorts Ports(TestStore store) => new(store.Log, store.Snapshots, store.Versions, store.Archive);

    private async Task<DocumentHead> CompactedAsync()
    {
        var head = await _source.CreateWithAsync(10);
        await _source.Versions.AddAsync(Version(head, 2, "v2"), Snapshot(head, 2), Cancellation);
        await _source.Snapshots.SaveAsync(Snapshot(head, 6), Cancellation);
        await _source.Snapshots.CompactAsync(head.DocumentId, head.Incarnation, 6, Cancellation);
        return await _source.HeadAsync(head.DocumentId);
    }

    private async Task<DocumentHead> RebornAsync()
    {
        var former = await _source.CreateWithAsync(2);
        await _source.Log.DeleteAsync(former.DocumentId, former.Incarnation, Noon, Cancellation);
        return await _source.Log.CreateAsync(
            NewDocument(former.DocumentId, ContentType.RichText), new NewEntry("client-2", "first", Operation("""[{"insert": "x", "attributes": {"bold": true}}]""")), Cancellation);
    }

    private sealed class Reports(List<TransferProgress> list, Action<TransferProgress>? also = null) : IProgress<TransferProgress>
    {
        public void Report(TransferProgress value)
        {
            list.Add(value);
            also?.Invoke(value);
        }
    }
}
