using RealtimeCollab.Sessions.Storage;
using static RealtimeCollab.Storage.Tests.Samples;

namespace RealtimeCollab.Storage.Tests.Conformance;

/// <summary>Listing and importing whole documents.</summary>
public abstract class ArchiveTests<TFixture>(TFixture fixture) : IClassFixture<TFixture>
    where TFixture : StoreFixture
{
    private TestStore Store => fixture.Store;

    [Fact]
    public async Task List_PageByPage_GivesAllInOrdinalOrder()
    {
        var prefix = NewId();
        string[] names = ["-", ".", "A", "Z", "_", "a", "a-b", "ab", "z", "~"];
        foreach (var name in names.Reverse())
            await Store.CreateAsync(NewDocument(prefix + name));

        var listed = new List<string>();
        var after = prefix;
        while (await Store.Archive.ListAsync(after, 3, Cancellation) is { Count: > 0 } page)
        {
            listed.AddRange(page.Select(document => document.Head.DocumentId));
            after = listed[^1];
        }

        Assert.Equal(names.Select(name => prefix + name), listed.Where(id => id.StartsWith(prefix, StringComparison.Ordinal)));
        Assert.Equal(listed.Order(StringComparer.Ordinal), listed);
    }

    [Fact]
    public async Task List_DeletedDocument_GivesItsTombstone()
    {
        var head = await Store.CreateWithAsync(3);
        await Store.Log.DeleteAsync(head.DocumentId, head.Incarnation, deletedBy: null, Noon, Cancellation);

        var listed = await FindAsync(head.DocumentId);

        Assert.Equal((4, Noon), (listed.Head.Revision, listed.DeletedAt));
    }

    [Fact]
    public async Task Import_LivingDocument_StandsAtItsHorizonAndTakesItsEntries()
    {
        var head = NewDocument().ToHead(startRevision: 2) with { Horizon = 5, Revision = 8, UpdatedAt = Noon.AddMilliseconds(8) };

        var imported = await Store.Archive.ImportAsync(new ArchivedDocument(head, DeletedAt: null), Cancellation);
        Assert.Equal(head with { Revision = 5 }, imported.Head);
        Assert.Equal(AppendOutcome.Appended, await Store.Log.AppendAsync(Batch(imported.Head, entries: 3), Cancellation));

        Assert.Equal(head, await Store.HeadAsync(head.DocumentId));
        Assert.Equal([6, 7, 8], await Store.RevisionsAsync(head.DocumentId, after: 5));
    }

    [Fact]
    public async Task Import_Again_ReturnsWhatIsThere()
    {
        var head = await Store.CreateWithAsync(3);

        var imported = await Store.Archive.ImportAsync(new ArchivedDocument(head with { Revision = 1 }, DeletedAt: null), Cancellation);
        var foreign = await Store.Archive.ImportAsync(new ArchivedDocument(head with { Incarnation = "another" }, DeletedAt: null), Cancellation);

        Assert.Equal(new ArchivedDocument(head, DeletedAt: null), imported);
        Assert.Equal(imported, foreign);
    }

    [Fact]
    public async Task Import_Tombstone_LetsTheNextLifeCountOn()
    {
        var head = NewDocument().ToHead(0) with { Revision = 9, Horizon = 9 };

        await Store.Archive.ImportAsync(new ArchivedDocument(head, Noon), Cancellation);

        Assert.Null(await Store.Log.FindAsync(head.DocumentId, Cancellation));
        Assert.Equal(new ArchivedDocument(head, Noon), await FindAsync(head.DocumentId));
        Assert.Equal(9, (await Store.CreateAsync(NewDocument(head.DocumentId))).StartRevision);
    }

    private async Task<ArchivedDocument> FindAsync(string documentId)
    {
        // just before it
        var after = documentId[..^1] + (char)(documentId[^1] - 1) + "~";
        return (await Store.Archive.ListAsync(after, 1, Cancellation))[0];
    }
}
