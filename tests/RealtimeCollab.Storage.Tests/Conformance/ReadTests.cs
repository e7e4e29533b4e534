using RealtimeCollab.Sessions;
using static RealtimeCollab.Storage.Tests.Samples;

namespace RealtimeCollab.Storage.Tests.Conformance;

/// <summary>Windows of the log, before and after compaction and deletion.</summary>
public abstract class ReadTests<TFixture>(TFixture fixture) : IClassFixture<TFixture>
    where TFixture : StoreFixture
{
    private TestStore Store => fixture.Store;

    [Theory]
    [InlineData(0, 3, new long[] { 1, 2, 3 })]
    [InlineData(4, 3, new long[] { 5, 6, 7 })]
    [InlineData(8, 5, new long[] { 9, 10 })]
    [InlineData(10, 5, new long[0])]
    [InlineData(11, 5, new long[0])]
    [InlineData(long.MaxValue, int.MaxValue, new long[0])]
    public async Task Read_Window_GivesConsecutiveRevisions(long after, int limit, long[] expected)
    {
        var head = await Store.CreateWithAsync(10);

        Assert.Equal(expected, await Store.RevisionsAsync(head.DocumentId, after, limit));
    }

    [Fact]
    public async Task Read_UnknownDocument_IsEmpty() => Assert.Empty(await Store.RevisionsAsync(NewId(), 5));

    [Fact]
    public async Task Read_NoLimit_IsRefused() =>
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Store.RevisionsAsync(NewId(), 0, limit: 0));

    [Fact]
    public async Task Read_BelowHorizon_IsTooOld()
    {
        var head = await Store.CreateWithAsync(10);
        await Store.Snapshots.SaveAsync(Snapshot(head, 6), Cancellation);
        await Store.Snapshots.CompactAsync(head.DocumentId, head.Incarnation, 6, Cancellation);

        await AssertTooOldAsync(head.DocumentId, after: 5);
        await AssertTooOldAsync(head.DocumentId, after: 0);
        Assert.Equal([7, 8], await Store.RevisionsAsync(head.DocumentId, after: 6, limit: 2));
    }

    [Fact]
    public async Task Read_CompactedUpToHead_IsEmptyThereAndTooOldBelow()
    {
        var head = await Store.CreateWithAsync(4);
        await Store.Snapshots.SaveAsync(Snapshot(head, 4), Cancellation);
        await Store.Snapshots.CompactAsync(head.DocumentId, head.Incarnation, 4, Cancellation);

        Assert.Empty(await Store.RevisionsAsync(head.DocumentId, after: 4));
        await AssertTooOldAsync(head.DocumentId, after: 3);
    }

    [Fact]
    public async Task Read_RevisionOfTheLifeBeforeDeletion_IsTooOld()
    {
        var former = await Store.CreateWithAsync(3);
        await Store.Log.DeleteAsync(former.DocumentId, former.Incarnation, deletedBy: null, Noon, Cancellation);
        var created = await Store.CreateAsync(NewDocument(former.DocumentId));

        // the head of the former life is no revision of the new one: whoever stands there has another text
        await AssertTooOldAsync(former.DocumentId, former.Revision);
        Assert.Empty(await Store.RevisionsAsync(former.DocumentId, created.StartRevision));
    }

    [Fact]
    public async Task Read_WhileOthersAppend_HasNoGap()
    {
        var head = await Store.CreateAsync();
        var appending = Task.Run(
            async () =>
            {
                for (var round = 0; round < 50; round++)
                    await Store.Log.AppendAsync(Batch(head with { Revision = round * 4 }, entries: 4), Cancellation);
            },
            Cancellation);

        long seen = 0;
        while (seen < 200)
        {
            foreach (var revision in await Store.RevisionsAsync(head.DocumentId, seen, limit: 7))
                Assert.Equal(++seen, revision);
        }

        await appending;
    }

    [Fact]
    public async Task Read_Cancelled_Throws() => await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        await Store.Log.ReadAsync(NewId(), 0, 10, new CancellationToken(canceled: true)));

    private async Task AssertTooOldAsync(string documentId, long after)
    {
        var refusal = await Assert.ThrowsAsync<CollabException>(() => Store.RevisionsAsync(documentId, after));
        Assert.Equal(CollabError.RevisionTooOld, refusal.Error);
    }
}
