using RealtimeCollab.OperationalTransform;
using RealtimeCollab.Sessions.Storage;
using static RealtimeCollab.Storage.Tests.Samples;

namespace RealtimeCollab.Storage.Tests.Conformance;

/// <summary>Compare-and-append.</summary>
public abstract class AppendTests<TFixture>(TFixture fixture) : IClassFixture<TFixture>
    where TFixture : StoreFixture
{
    private TestStore Store => fixture.Store;

    [Fact]
    public async Task Append_AtHead_MovesItAndKeepsTheEntries()
    {
        var head = await Store.CreateAsync();
        var batch = Batch(head, entries: 3);

        Assert.Equal(AppendOutcome.Appended, await Store.Log.AppendAsync(batch, Cancellation));

        Assert.Equal(head with { Revision = 3, UpdatedAt = Noon.AddMilliseconds(3) }, await Store.HeadAsync(head.DocumentId));
        Assert.Equal(batch.Entries, await Store.Log.ReadAsync(head.DocumentId, 0, 10, Cancellation));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Append_ElsewhereThanAtHead_ConflictsAndWritesNothing(long expected)
    {
        var head = await Store.CreateWithAsync(2);

        var outcome = await Store.Log.AppendAsync(Batch(head with { Revision = expected }, entries: 2, "late"), Cancellation);

        Assert.Equal(AppendOutcome.Conflict, outcome);
        Assert.Equal(head, await Store.HeadAsync(head.DocumentId));
        Assert.DoesNotContain(await Store.Log.ReadAsync(head.DocumentId, 0, 10, Cancellation), entry => entry.OperationId.StartsWith("late", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Append_OtherIncarnationOrUnknownDocument_Conflicts()
    {
        var head = await Store.CreateAsync();

        Assert.Equal(AppendOutcome.Conflict, await Store.Log.AppendAsync(Batch(head with { Incarnation = "another" }), Cancellation));
        Assert.Equal(AppendOutcome.Conflict, await Store.Log.AppendAsync(Batch(head with { DocumentId = NewId() }), Cancellation));
        Assert.Equal(head, await Store.HeadAsync(head.DocumentId));
    }

    [Fact]
    public async Task Append_RevisionsThatDoNotFollow_IsRefused()
    {
        var head = await Store.CreateAsync();

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await Store.Log.AppendAsync(
            new AppendBatch(head.DocumentId, head.Incarnation, 0, [Entry(1), Entry(3)]), Cancellation));
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await Store.Log.AppendAsync(
            new AppendBatch(head.DocumentId, head.Incarnation, 0, []), Cancellation));

        Assert.Equal(head, await Store.HeadAsync(head.DocumentId));
    }

    [Fact]
    public async Task Append_ManyDocumentsAtOnce_ClashOnSomeLeavesTheOthers()
    {
        var heads = new List<DocumentHead>();
        for (var index = 0; index < 40; index++)
            heads.Add(await Store.CreateAsync());

        var outcomes = await Task.WhenAll(heads.Select((head, index) => Task.Run(async () =>
            await Store.Log.AppendAsync(Batch(index % 4 == 0 ? head with { Revision = 7 } : head, entries: 2), Cancellation))));

        for (var index = 0; index < heads.Count; index++)
        {
            var clashes = index % 4 == 0;
            Assert.Equal(clashes ? AppendOutcome.Conflict : AppendOutcome.Appended, outcomes[index]);
            Assert.Equal(clashes ? [] : [1, 2], await Store.RevisionsAsync(heads[index].DocumentId));
        }
    }

    [Fact]
    public async Task Append_SameDocumentTwiceAtOnce_OneConflicts()
    {
        var head = await Store.CreateAsync();

        var outcomes = await Task.WhenAll(
            Store.Log.AppendAsync(Batch(head, 1, "a"), Cancellation).AsTask(),
            Store.Log.AppendAsync(Batch(head, 1, "b"), Cancellation).AsTask());

        Assert.Equal([AppendOutcome.Appended, AppendOutcome.Conflict], outcomes.Order());
        Assert.Single(await Store.RevisionsAsync(head.DocumentId));
    }

    [Fact]
    public async Task Append_RacedByTwoStores_LosesAndDoublesNothing()
    {
        const int writers = 6;
        const int rounds = 20;
        await using var other = await fixture.OpenAsync();
        var documents = new[] { await Store.CreateAsync(), await Store.CreateAsync(), await Store.CreateAsync() };

        var appended = await Task.WhenAll(Enumerable.Range(0, writers).Select(writer => Task.Run(async () =>
        {
            var store = writer % 2 == 0 ? Store : other;
            var mine = new List<string>();
            for (var round = 0; round < rounds; round++)
            {
                var document = documents[(writer + round) % documents.Length].DocumentId;
                var tag = $"writer-{writer}-{round}";
                AppendBatch batch;
                do
                    batch = Batch(await store.HeadAsync(document), entries: 2, tag);
                while (await store.Log.AppendAsync(batch, Cancellation) == AppendOutcome.Conflict);
                mine.AddRange(batch.Entries.Select(entry => $"{document} {entry.Revision} {entry.OperationId}"));
            }

            return mine;
        })));

        var stored = new List<string>();
        foreach (var document in documents)
        {
            var entries = await other.Log.ReadAsync(document.DocumentId, 0, 10_000, Cancellation);
            Assert.Equal(Enumerable.Range(1, entries.Count).Select(revision => (long)revision), entries.Select(entry => entry.Revision));
            Assert.Equal(entries.Count, (await Store.HeadAsync(document.DocumentId)).Revision);
            stored.AddRange(entries.Select(entry => $"{document.DocumentId} {entry.Revision} {entry.OperationId}"));
        }

        Assert.Equal(appended.SelectMany(mine => mine).Order(StringComparer.Ordinal), stored.Order(StringComparer.Ordinal));
        Assert.Equal(writers * rounds * 2, stored.Count);
    }

    [Theory]
    [InlineData("""["Grüße, 世界 👩‍👩‍👧"]""")]
    [InlineData("""["a\u0000b\u001f\"\\"]""")]
    [InlineData("""[{"insert": "x", "attributes": {"bold": true, "size": 1.5, "name": "ä\u0000"}}, {"insert": {"image": "https://example.org/👍"}}]""")]
    public async Task Append_AnyText_ComesBackAsItWas(string json)
    {
        var head = await Store.CreateAsync(NewDocument(type: ContentType.RichText));
        var entry = Entry(1, operation: Operation(json)) with { ClientId = "Ünïcode-👍", UserId = "", OperationId = "操作" };

        await Store.Log.AppendAsync(new AppendBatch(head.DocumentId, head.Incarnation, 0, [entry]), Cancellation);

        Assert.Equal(entry, Assert.Single(await Store.Log.ReadAsync(head.DocumentId, 0, 10, Cancellation)));
    }

    [Fact]
    public async Task Append_LargeBatch_IsWhole()
    {
        var head = await Store.CreateAsync();
        var large = TextOperation.Replace(0, 0, 0, new string('x', 500_000));
        var entries = Enumerable.Range(1, 1500).Select(revision => Entry(revision, operation: revision == 1 ? large : TextOperation.Noop(500_000)));

        Assert.Equal(AppendOutcome.Appended, await Store.Log.AppendAsync(
            new AppendBatch(head.DocumentId, head.Incarnation, 0, [.. entries]), Cancellation));

        var read = await Store.Log.ReadAsync(head.DocumentId, 0, 2000, Cancellation);
        Assert.Equal(1500, read.Count);
        Assert.Equal(large, read[0].Operation);
    }

    [Fact]
    public async Task Append_CancelledBefore_WritesNothing()
    {
        var head = await Store.CreateAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
            await Store.Log.AppendAsync(Batch(head), new CancellationToken(canceled: true)));

        // what comes after it in the queue shows that it was passed over
        Assert.Equal(AppendOutcome.Appended, await Store.Log.AppendAsync(Batch(head, 1, "next"), Cancellation));
        Assert.Equal("next-1", Assert.Single(await Store.Log.ReadAsync(head.DocumentId, 0, 10, Cancellation)).OperationId);
    }

    [Fact]
    public async Task Append_CancelledMeanwhile_IsWrittenWholeOrNotAtAll()
    {
        var heads = new List<DocumentHead>();
        for (var index = 0; index < 20; index++)
            heads.Add(await Store.CreateAsync());

        var outcomes = await Task.WhenAll(heads.Select(head => Task.Run(async () =>
        {
            using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
            var append = Store.Log.AppendAsync(Batch(head, entries: 3), cancellation.Token).AsTask();
            await cancellation.CancelAsync();
            await append.ContinueWith(_ => { }, Cancellation, TaskContinuationOptions.None, TaskScheduler.Default);
            return append.Status;
        })));

        // what is asked of the store now comes after all of these
        await Store.Log.AppendAsync(Batch(await Store.CreateAsync()), Cancellation);
        for (var index = 0; index < heads.Count; index++)
        {
            var revision = (await Store.HeadAsync(heads[index].DocumentId)).Revision;
            Assert.True(revision is 0 or 3);
            Assert.Equal(revision, (await Store.RevisionsAsync(heads[index].DocumentId)).Count);
            if (outcomes[index] == TaskStatus.RanToCompletion)
                Assert.Equal(3, revision);
        }
    }
}
