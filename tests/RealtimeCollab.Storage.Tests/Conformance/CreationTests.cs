using RealtimeCollab.OperationalTransform;
using RealtimeCollab.Sessions.Storage;
using static RealtimeCollab.Storage.Tests.Samples;

namespace RealtimeCollab.Storage.Tests.Conformance;

/// <summary>Making, finding and deleting documents.</summary>
public abstract class CreationTests<TFixture>(TFixture fixture) : IClassFixture<TFixture>
    where TFixture : StoreFixture
{
    private TestStore Store => fixture.Store;

    [Fact]
    public async Task Find_UnknownDocument_IsNull() => Assert.Null(await Store.Log.FindAsync(NewId(), Cancellation));

    [Theory]
    [InlineData(ContentType.Text)]
    [InlineData(ContentType.RichText)]
    public async Task Create_WithoutText_IsFoundEmpty(ContentType type)
    {
        var document = NewDocument(type: type);

        var created = await Store.CreateAsync(document);

        Assert.Equal(document.ToHead(startRevision: 0), created);
        Assert.Equal(created, await Store.HeadAsync(document.DocumentId));
        Assert.Empty(await Store.RevisionsAsync(document.DocumentId));
    }

    [Fact]
    public async Task Create_WithText_IsRevisionOne()
    {
        var document = NewDocument();
        var first = new NewEntry("client-1", "operation-1", Operation("""["Hello"]"""));

        var created = await Store.Log.CreateAsync(document, first, Cancellation);

        Assert.Equal(document.ToHead(0) with { Revision = 1 }, created);
        Assert.Equal(document.ToEntry(first, 1), Assert.Single(await Store.Log.ReadAsync(document.DocumentId, 0, 10, Cancellation)));
    }

    [Fact]
    public async Task Create_ExistingDocument_ReturnsItAndDropsTheText()
    {
        var there = await Store.CreateAsync();
        var late = NewDocument(there.DocumentId);

        var answer = await Store.Log.CreateAsync(late, new NewEntry("client-2", "late", Operation("""["late"]""")), Cancellation);

        Assert.Equal(there, answer);
        Assert.NotEqual(late.Incarnation, answer.Incarnation);
        Assert.Empty(await Store.RevisionsAsync(there.DocumentId));
    }

    [Fact]
    public async Task Create_Repeated_AppendsItsTextOnce()
    {
        var document = NewDocument();
        var first = new NewEntry("client-1", "operation-1", Operation("""["Hello"]"""));

        var created = await Store.Log.CreateAsync(document, first, Cancellation);
        var repeated = await Store.Log.CreateAsync(document, first, Cancellation);

        Assert.Equal(created, repeated);
        Assert.Equal([1], await Store.RevisionsAsync(document.DocumentId));
    }

    [Fact]
    public async Task Create_RacedByTwoStores_ExactlyOneWins()
    {
        await using var other = await fixture.OpenAsync();
        for (var round = 0; round < 10; round++)
        {
            var id = NewId();
            var candidates = Enumerable.Range(0, 8).Select(_ => NewDocument(id)).ToArray();

            var answers = await Task.WhenAll(candidates.Select((document, index) => Task.Run(async () =>
                await (index % 2 == 0 ? Store : other).Log.CreateAsync(
                    document, new NewEntry("client", $"by-{document.Incarnation}", Operation("""["x"]""")), Cancellation))));

            var winner = Assert.Single(answers.Distinct());
            var entry = Assert.Single(await Store.Log.ReadAsync(id, 0, 10, Cancellation));
            Assert.Equal($"by-{winner.Incarnation}", entry.OperationId);
        }
    }

    [Fact]
    public async Task FindAll_SomeUnknown_GivesThoseThatExist()
    {
        var first = await Store.CreateAsync();
        var second = await Store.CreateWithAsync(3);

        var found = await Store.Log.FindAllAsync([first.DocumentId, NewId(), second.DocumentId], Cancellation);

        Assert.Equivalent(new[] { first, second }, found);
        Assert.Equal(2, found.Count);
        Assert.Empty(await Store.Log.FindAllAsync([], Cancellation));
    }

    [Fact]
    public async Task Delete_Document_IsGoneWithAllOfIt()
    {
        var head = await Store.CreateWithAsync(3);
        await Store.Versions.AddAsync(Version(head, 2, "v1"), Snapshot(head, 2), Cancellation);

        Assert.True(await Store.Log.DeleteAsync(head.DocumentId, head.Incarnation, deletedBy: null, Noon, Cancellation));

        Assert.Null(await Store.Log.FindAsync(head.DocumentId, Cancellation));
        Assert.Empty(await Store.Log.FindAllAsync([head.DocumentId], Cancellation));
        Assert.Empty(await Store.RevisionsAsync(head.DocumentId));
        Assert.Null(await Store.Snapshots.FindAsync(head.DocumentId, head.Incarnation, long.MaxValue, Cancellation));
        Assert.Empty(await Store.Versions.ListAsync(head.DocumentId, head.Incarnation, Cancellation));
        Assert.Equal(AppendOutcome.Conflict, await Store.Log.AppendAsync(Batch(head), Cancellation));
    }

    [Fact]
    public async Task IsDeleted_HoldsBetweenDeletionAndTheNextCreation()
    {
        var head = await Store.CreateAsync();
        Assert.False(await Store.Log.IsDeletedAsync(head.DocumentId, Cancellation));
        Assert.False(await Store.Log.IsDeletedAsync(NewId(), Cancellation));

        await Store.Log.DeleteAsync(head.DocumentId, head.Incarnation, deletedBy: null, Noon, Cancellation);
        Assert.True(await Store.Log.IsDeletedAsync(head.DocumentId, Cancellation));

        await Store.CreateAsync(NewDocument(head.DocumentId));
        Assert.False(await Store.Log.IsDeletedAsync(head.DocumentId, Cancellation));
    }

    [Fact]
    public async Task Delete_OtherIncarnationOrUnknownDocument_IsFalse()
    {
        var head = await Store.CreateAsync();

        Assert.False(await Store.Log.DeleteAsync(head.DocumentId, "another", deletedBy: null, Noon, Cancellation));
        Assert.False(await Store.Log.DeleteAsync(NewId(), head.Incarnation, deletedBy: null, Noon, Cancellation));

        Assert.Equal(head, await Store.HeadAsync(head.DocumentId));
    }

    [Fact]
    public async Task Create_OverDeletedDocument_CountsOnBeyondTheDeletion()
    {
        var former = await Store.CreateWithAsync(3);
        await Store.Log.DeleteAsync(former.DocumentId, former.Incarnation, deletedBy: null, Noon, Cancellation);
        var document = NewDocument(former.DocumentId);

        var created = await Store.Log.CreateAsync(document, new NewEntry("client-1", "operation-1", Letter(0)), Cancellation);

        // 4 was the deletion
        Assert.Equal(document.ToHead(startRevision: 4) with { Revision = 5 }, created);
        Assert.Equal(created, await Store.HeadAsync(former.DocumentId));
        Assert.Equal([5], await Store.RevisionsAsync(former.DocumentId, after: 4));
        Assert.Equal(AppendOutcome.Conflict, await Store.Log.AppendAsync(Batch(former), Cancellation));
    }
}
