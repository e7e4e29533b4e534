using RealtimeCollab.Sessions.Storage;
using RealtimeCollab.Sessions.Storage.Access;
using static RealtimeCollab.Storage.Tests.Samples;

namespace RealtimeCollab.Storage.Tests.Conformance;

/// <summary>Titles, and finding documents without knowing their ids.</summary>
public abstract class CatalogTests<TFixture>(TFixture fixture) : IClassFixture<TFixture>
    where TFixture : StoreFixture
{
    private TestStore Store => fixture.Store;

    [Fact]
    public async Task SetTitle_IsFoundWithTheDocument_AndGoesWithIt()
    {
        var head = await Store.CreateAsync(NewDocument() with { Title = "Plan" });
        Assert.Equal("Plan", (await Store.HeadAsync(head.DocumentId)).Title);

        Assert.True(await Store.Catalog.SetTitleAsync(head.DocumentId, head.Incarnation, "Größerer Plan 👍", Cancellation));
        Assert.Equal(head with { Title = "Größerer Plan 👍" }, await Store.HeadAsync(head.DocumentId));
        Assert.True(await Store.Catalog.SetTitleAsync(head.DocumentId, head.Incarnation, title: null, Cancellation));
        Assert.Null((await Store.HeadAsync(head.DocumentId)).Title);

        await Store.Catalog.SetTitleAsync(head.DocumentId, head.Incarnation, "Secret", Cancellation);
        await Store.Log.DeleteAsync(head.DocumentId, head.Incarnation, deletedBy: null, Noon, Cancellation);
        Assert.False(await Store.Catalog.SetTitleAsync(head.DocumentId, head.Incarnation, "Late", Cancellation));
        var tombstone = Assert.Single(await Store.Archive.ListAsync(head.DocumentId[..^1], 1000, Cancellation), there => there.Head.DocumentId == head.DocumentId);
        Assert.Null(tombstone.Head.Title);
        Assert.Equal("New", (await Store.CreateAsync(NewDocument(head.DocumentId) with { Title = "New" })).Title);
    }

    [Fact]
    public async Task SetTitle_OfAnotherIncarnation_ChangesNothing()
    {
        var head = await Store.CreateAsync(NewDocument() with { Title = "Plan" });

        Assert.False(await Store.Catalog.SetTitleAsync(head.DocumentId, "another", "Other", Cancellation));

        Assert.Equal("Plan", (await Store.HeadAsync(head.DocumentId)).Title);
    }

    [Fact]
    public async Task List_PageByPage_GivesLivingDocumentsInOrdinalOrder()
    {
        var prefix = NewId();
        string[] names = ["-", "A", "_", "a", "ab", "~"];
        foreach (var name in names.Reverse())
            await Store.CreateAsync(NewDocument(prefix + name) with { Title = name });
        var gone = await Store.CreateAsync(NewDocument(prefix + "aa"));
        await Store.Log.DeleteAsync(gone.DocumentId, gone.Incarnation, deletedBy: null, Noon, Cancellation);

        var listed = new List<DocumentHead>();
        while (await Store.Catalog.ListAsync(listed.Count == 0 ? prefix : listed[^1].DocumentId, 2, memberId: null, Cancellation) is { Count: > 0 } page)
            listed.AddRange(page);

        var ours = listed.Where(head => head.DocumentId.StartsWith(prefix, StringComparison.Ordinal)).ToList();
        Assert.Equal(names.Select(name => (prefix + name, name)), ours.Select(head => (head.DocumentId, head.Title!)));
    }

    [Fact]
    public async Task List_OfAMember_GivesWhereTheyHaveARole()
    {
        var user = NewId();
        var own = await Store.CreateAsync(NewDocument() with { CreatedBy = user });
        var shared = await Store.CreateAsync();
        await Store.Memberships.SetAsync(shared.DocumentId, shared.Incarnation, user, MemberRole.Viewer, membershipVersion: null, Cancellation);
        var closed = await Store.CreateAsync();
        await Store.Memberships.SetAsync(closed.DocumentId, closed.Incarnation, user, MemberRole.None, membershipVersion: null, Cancellation);
        await Store.CreateAsync();

        var listed = await Store.Catalog.ListAsync(string.Empty, 1000, user, Cancellation);

        Assert.Equal(
            new[] { own.DocumentId, shared.DocumentId }.Order(StringComparer.Ordinal), listed.Select(head => head.DocumentId));
        Assert.Empty(await Store.Catalog.ListAsync(string.Empty, 10, NewId(), Cancellation));
    }
}
