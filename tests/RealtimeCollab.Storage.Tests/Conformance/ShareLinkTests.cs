using RealtimeCollab.Sessions;
using RealtimeCollab.Sessions.Storage;
using RealtimeCollab.Sessions.Storage.Access;
using static RealtimeCollab.Storage.Tests.Samples;

namespace RealtimeCollab.Storage.Tests.Conformance;

/// <summary>Links by which users become members.</summary>
public abstract class ShareLinkTests<TFixture>(TFixture fixture) : IClassFixture<TFixture>
    where TFixture : StoreFixture
{
    private TestStore Store => fixture.Store;

    [Fact]
    public async Task Find_LinkThatWasAdded_GivesAllOfIt()
    {
        var head = await Store.CreateAsync();
        var (expired, other) = (Link(head, "a") with { ExpiresAt = Noon }, Link(head, "b"));
        await Store.Links.AddAsync(expired, Cancellation);
        await Store.Links.AddAsync(other, Cancellation);

        Assert.Equal(expired, await Store.Links.FindAsync(expired.TokenHash, Cancellation));
        Assert.Equal(other, await Store.Links.FindAsync(other.TokenHash, Cancellation));
        Assert.Null(await Store.Links.FindAsync("another", Cancellation));
    }

    [Fact]
    public async Task List_Links_NewestFirst()
    {
        var head = await Store.CreateAsync();
        var (old, recent) = (Link(head, "a"), Link(head, "b") with { CreatedAt = Noon.AddMinutes(1) });
        await Store.Links.AddAsync(old, Cancellation);
        await Store.Links.AddAsync(recent, Cancellation);

        Assert.Equal([recent, old], await ListAsync(head));
        Assert.Empty(await ListAsync(head with { Incarnation = "another" }));
    }

    [Fact]
    public async Task Add_SameIdAgain_KeepsTheFirst()
    {
        var head = await Store.CreateAsync();
        var first = Link(head, "a");
        await Store.Links.AddAsync(first, Cancellation);
        await Store.Links.AddAsync(first with { Role = MemberRole.Owner }, Cancellation);

        Assert.Equal([first], await ListAsync(head));
    }

    [Fact]
    public async Task Remove_Link_IsFoundNoMore()
    {
        var head = await Store.CreateAsync();
        var link = Link(head, "a");
        await Store.Links.AddAsync(link, Cancellation);

        Assert.False(await Store.Links.RemoveAsync(head.DocumentId, "another", "a", Cancellation));
        Assert.True(await Store.Links.RemoveAsync(head.DocumentId, head.Incarnation, "a", Cancellation));
        Assert.False(await Store.Links.RemoveAsync(head.DocumentId, head.Incarnation, "a", Cancellation));

        Assert.Null(await Store.Links.FindAsync(link.TokenHash, Cancellation));
    }

    [Fact]
    public async Task Links_OfADeletedDocument_AreGoneAndNoneCanBeAdded()
    {
        var head = await Store.CreateAsync();
        var link = Link(head, "a");
        await Store.Links.AddAsync(link, Cancellation);
        await Store.Log.DeleteAsync(head.DocumentId, head.Incarnation, deletedBy: null, Noon, Cancellation);

        Assert.Null(await Store.Links.FindAsync(link.TokenHash, Cancellation));
        var refusal = await Assert.ThrowsAsync<CollabException>(async () => await Store.Links.AddAsync(Link(head, "b"), Cancellation));
        Assert.Equal(CollabError.DocumentNotFound, refusal.Error);
        Assert.Empty(await ListAsync(await Store.CreateAsync(NewDocument(head.DocumentId))));
    }

    private static ShareLink Link(DocumentHead head, string id) =>
        new(id, head.DocumentId, head.Incarnation, $"hash-{head.DocumentId}-{id}", MemberRole.Editor, "ada", Noon, Noon.AddDays(1));

    private async Task<IReadOnlyList<ShareLink>> ListAsync(DocumentHead head) =>
        await Store.Links.ListAsync(head.DocumentId, head.Incarnation, Cancellation);
}
