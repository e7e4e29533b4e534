using RealtimeCollab.Sessions;
using RealtimeCollab.Sessions.Storage;
using static RealtimeCollab.Storage.Tests.Samples;

namespace RealtimeCollab.Storage.Tests.Conformance;

/// <summary>Named versions.</summary>
public abstract class VersionTests<TFixture>(TFixture fixture) : IClassFixture<TFixture>
    where TFixture : StoreFixture
{
    private TestStore Store => fixture.Store;

    [Fact]
    public async Task List_SeveralVersions_NewestRevisionFirst()
    {
        var head = await Store.CreateWithAsync(5);
        var old = Version(head, 2, "b", "Erster Entwurf 👍");
        var recent = Version(head, 5, "a");
        await Store.Versions.AddAsync(old, Snapshot(head, 2), Cancellation);
        await Store.Versions.AddAsync(recent, Snapshot(head, 5), Cancellation);

        Assert.Equal([recent, old], await ListAsync(head));
        Assert.Empty(await ListAsync(head with { Incarnation = "another" }));
        Assert.Empty(await ListAsync(head with { DocumentId = NewId() }));
    }

    [Fact]
    public async Task Add_Version_KeepsItsContent()
    {
        var head = await Store.CreateWithAsync(5);

        await Store.Versions.AddAsync(Version(head, 3, "v"), Snapshot(head, 3, "\"three\""), Cancellation);

        var found = await Store.Snapshots.FindAsync(head.DocumentId, head.Incarnation, 3, Cancellation);
        Assert.Equal("\"three\""u8.ToArray(), found!.Content.ToArray());
    }

    [Fact]
    public async Task Add_SameIdAgain_KeepsTheFirst()
    {
        var head = await Store.CreateWithAsync(5);
        var first = Version(head, 3, "v", "first");
        await Store.Versions.AddAsync(first, Snapshot(head, 3), Cancellation);
        await Store.Versions.AddAsync(Version(head, 4, "v", "second"), Snapshot(head, 4), Cancellation);

        Assert.Equal([first], await ListAsync(head));
    }

    [Fact]
    public async Task Add_TwoNamesForOneRevision_KeepsBoth()
    {
        var head = await Store.CreateWithAsync(5);
        await Store.Versions.AddAsync(Version(head, 3, "v1", "first"), Snapshot(head, 3), Cancellation);
        await Store.Versions.AddAsync(Version(head, 3, "v2", "second"), Snapshot(head, 3), Cancellation);

        Assert.Equal(["first", "second"], (await ListAsync(head)).Select(version => version.Name));
    }

    [Fact]
    public async Task Add_DocumentThatIsGone_IsRefused()
    {
        var head = await Store.CreateWithAsync(2);
        await Store.Log.DeleteAsync(head.DocumentId, head.Incarnation, deletedBy: null, Noon, Cancellation);

        var refusal = await Assert.ThrowsAsync<CollabException>(async () =>
            await Store.Versions.AddAsync(Version(head, 2, "v"), Snapshot(head, 2), Cancellation));

        Assert.Equal(CollabError.DocumentNotFound, refusal.Error);
    }

    [Fact]
    public async Task Add_SnapshotOfAnotherRevision_IsRefused()
    {
        var head = await Store.CreateWithAsync(2);

        await Assert.ThrowsAsync<ArgumentException>(async () =>
            await Store.Versions.AddAsync(Version(head, 2, "v"), Snapshot(head, 1), Cancellation));

        Assert.Empty(await ListAsync(head));
    }

    private async Task<IReadOnlyList<NamedVersion>> ListAsync(DocumentHead head) =>
        await Store.Versions.ListAsync(head.DocumentId, head.Incarnation, Cancellation);
}
