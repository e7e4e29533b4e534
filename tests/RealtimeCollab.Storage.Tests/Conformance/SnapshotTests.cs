using RealtimeCollab.Sessions.Storage;
using static RealtimeCollab.Storage.Tests.Samples;

namespace RealtimeCollab.Storage.Tests.Conformance;

/// <summary>Snapshots and compaction.</summary>
public abstract class SnapshotTests<TFixture>(TFixture fixture) : IClassFixture<TFixture>
    where TFixture : StoreFixture
{
    private TestStore Store => fixture.Store;

    [Fact]
    public async Task Find_SeveralSnapshots_GivesTheLatestAtOrBelow()
    {
        var head = await Store.CreateWithAsync(10);
        await Store.Snapshots.SaveAsync(Snapshot(head, 8, "\"eight\""), Cancellation);
        await Store.Snapshots.SaveAsync(Snapshot(head, 4, "\"four 👍\\u0000\""), Cancellation);

        Assert.Null(await FindAsync(head, 3));
        Assert.Equal(4, (await FindAsync(head, 7))!.Revision);
        Assert.Equal(8, (await FindAsync(head, long.MaxValue))!.Revision);

        var four = await FindAsync(head, 4);
        Assert.Equal(Snapshot(head, 4, "\"four 👍\\u0000\"").Content.ToArray(), four!.Content.ToArray());
        Assert.Equal((head.DocumentId, head.Incarnation, Noon), (four.DocumentId, four.Incarnation, four.CreatedAt));
    }

    [Fact]
    public async Task Find_OtherIncarnation_IsNull()
    {
        var head = await Store.CreateWithAsync(2);
        await Store.Snapshots.SaveAsync(Snapshot(head, 2), Cancellation);

        Assert.Null(await FindAsync(head with { Incarnation = "another" }, 2));
    }

    [Fact]
    public async Task Save_SameRevisionAgain_KeepsTheFirst()
    {
        var head = await Store.CreateWithAsync(2);
        await Store.Snapshots.SaveAsync(Snapshot(head, 2, "\"first\""), Cancellation);
        await Store.Snapshots.SaveAsync(Snapshot(head, 2, "\"second\""), Cancellation);

        Assert.Equal("\"first\""u8.ToArray(), (await FindAsync(head, 2))!.Content.ToArray());
    }

    [Fact]
    public async Task Save_BufferUsedAgain_KeepsWhatItWas()
    {
        var head = await Store.CreateWithAsync(1);
        var buffer = "\"text\""u8.ToArray();

        await Store.Snapshots.SaveAsync(Snapshot(head, 1) with { Content = buffer }, Cancellation);
        buffer.AsSpan().Clear();

        Assert.Equal("\"text\""u8.ToArray(), (await FindAsync(head, 1))!.Content.ToArray());
    }

    [Fact]
    public async Task Save_DocumentOfAnotherIncarnation_KeepsNothing()
    {
        var former = await Store.CreateWithAsync(2);
        await Store.Log.DeleteAsync(former.DocumentId, former.Incarnation, deletedBy: null, Noon, Cancellation);
        var created = await Store.CreateAsync(NewDocument(former.DocumentId));

        await Store.Snapshots.SaveAsync(Snapshot(former, 2), Cancellation);

        Assert.Null(await FindAsync(former, long.MaxValue));
        Assert.Null(await FindAsync(created, long.MaxValue));
    }

    [Fact]
    public async Task Compact_WithSnapshot_RemovesEntriesAndOlderSnapshots()
    {
        var head = await Store.CreateWithAsync(10);
        foreach (var revision in new long[] { 2, 5, 8 })
            await Store.Snapshots.SaveAsync(Snapshot(head, revision), Cancellation);

        Assert.Equal(5, await CompactAsync(head, 5));

        Assert.Equal(head with { Horizon = 5 }, await Store.HeadAsync(head.DocumentId));
        Assert.Null(await FindAsync(head, 4));
        Assert.Equal(5, (await FindAsync(head, 7))!.Revision);
        Assert.Equal([6, 7, 8, 9, 10], await Store.RevisionsAsync(head.DocumentId, after: 5));
    }

    [Fact]
    public async Task Compact_NamedVersion_SparesItsSnapshot()
    {
        var head = await Store.CreateWithAsync(10);
        await Store.Versions.AddAsync(Version(head, 3, "v1"), Snapshot(head, 3, "\"three\""), Cancellation);
        await Store.Snapshots.SaveAsync(Snapshot(head, 4), Cancellation);
        await Store.Snapshots.SaveAsync(Snapshot(head, 9), Cancellation);

        await CompactAsync(head, 9);

        Assert.Equal("\"three\""u8.ToArray(), (await FindAsync(head, 8))!.Content.ToArray());
        Assert.Equal(3, Assert.Single(await Store.Versions.ListAsync(head.DocumentId, head.Incarnation, Cancellation)).Revision);
    }

    [Theory]
    [InlineData(7)]
    [InlineData(11)]
    public async Task Compact_WithoutSnapshotToStandOn_DoesNothing(long horizon)
    {
        var head = await Store.CreateWithAsync(10);
        await Store.Snapshots.SaveAsync(Snapshot(head, 6), Cancellation);

        Assert.Equal(0, await CompactAsync(head, horizon));

        Assert.Equal(head, await Store.HeadAsync(head.DocumentId));
        Assert.Equal(10, (await Store.RevisionsAsync(head.DocumentId)).Count);
    }

    [Fact]
    public async Task Compact_BelowTheHorizon_DoesNotGoBack()
    {
        var head = await Store.CreateWithAsync(10);
        await Store.Snapshots.SaveAsync(Snapshot(head, 8), Cancellation);
        await CompactAsync(head, 8);

        Assert.Equal(8, await CompactAsync(head, 3));
        Assert.Equal(8, (await Store.HeadAsync(head.DocumentId)).Horizon);
    }

    [Fact]
    public async Task Compact_OtherIncarnationOrUnknownDocument_DoesNothing()
    {
        var head = await Store.CreateWithAsync(3);
        await Store.Snapshots.SaveAsync(Snapshot(head, 3), Cancellation);

        Assert.Equal(0, await CompactAsync(head with { Incarnation = "another" }, 3));
        Assert.Equal(0, await CompactAsync(head with { DocumentId = NewId() }, 3));
        Assert.Equal(3, (await Store.RevisionsAsync(head.DocumentId)).Count);
    }

    [Fact]
    public async Task Compact_LongHistory_LetsAppendsPass()
    {
        var head = await Store.CreateWithAsync(9000);
        var other = await Store.CreateAsync();
        await Store.Snapshots.SaveAsync(Snapshot(head, 8500), Cancellation);

        var compacting = CompactAsync(head, 8500);
        Assert.Equal(AppendOutcome.Appended, await Store.Log.AppendAsync(Batch(other), Cancellation));

        Assert.Equal(8500, await compacting);
        Assert.Equal(500, (await Store.RevisionsAsync(head.DocumentId, after: 8500)).Count);
        Assert.Equal(AppendOutcome.Appended, await Store.Log.AppendAsync(Batch(head), Cancellation));
    }

    private async Task<StoredSnapshot?> FindAsync(DocumentHead head, long atOrBelow) =>
        await Store.Snapshots.FindAsync(head.DocumentId, head.Incarnation, atOrBelow, Cancellation);

    private async Task<long> CompactAsync(DocumentHead head, long horizon) =>
        await Store.Snapshots.CompactAsync(head.DocumentId, head.Incarnation, horizon, Cancellation);
}
