using RealtimeCollab.Sessions.Storage;
using RealtimeCollab.Sessions.Storage.Access;
using static RealtimeCollab.Storage.Tests.Samples;

namespace RealtimeCollab.Storage.Tests.Conformance;

/// <summary>Members of documents, and the version that tells of their changes.</summary>
public abstract class MembershipTests<TFixture>(TFixture fixture) : IClassFixture<TFixture>
    where TFixture : StoreFixture
{
    private TestStore Store => fixture.Store;

    [Fact]
    public async Task Create_Document_MakesTheCreatorItsOwner()
    {
        var head = await Store.CreateAsync();
        Assert.Equal([new DocumentMember("ada", MemberRole.Owner)], await ListAsync(head));
        Assert.Equal(0, head.MembershipVersion);
    }

    [Fact]
    public async Task Create_DocumentThatIsThere_LeavesItsMembers()
    {
        var head = await Store.CreateAsync();
        await Store.CreateAsync(NewDocument(head.DocumentId) with { CreatedBy = "eve" });
        Assert.Equal([new DocumentMember("ada", MemberRole.Owner)], await ListAsync(head));
    }

    [Fact]
    public async Task Create_OverADeletedDocument_HasNoMemberOfTheOldOne()
    {
        var old = await Store.CreateAsync();
        await SetAsync(old, "bob", MemberRole.Owner);
        await Store.Log.DeleteAsync(old.DocumentId, old.Incarnation, deletedBy: null, Noon, Cancellation);
        Assert.Null(await FindAsync(old, "bob"));

        var head = await Store.CreateAsync(NewDocument(old.DocumentId) with { CreatedBy = "grace" });

        Assert.Equal([new DocumentMember("grace", MemberRole.Owner)], await ListAsync(head));
        Assert.Null(await FindAsync(old, "grace"));
        Assert.True(head.MembershipVersion >= 1, "the version does not go back");
    }

    [Fact]
    public async Task Set_NewRoleAndAnother_ReplacesAndMovesTheVersion()
    {
        var head = await Store.CreateAsync();

        Assert.Equal(MembershipChange.Changed, await SetAsync(head, "bob", MemberRole.Editor));
        Assert.Equal(MemberRole.Editor, await FindAsync(head, "bob"));
        Assert.Equal(MembershipChange.Changed, await SetAsync(head, "bob", MemberRole.None));

        Assert.Equal(MemberRole.None, await FindAsync(head, "bob"));
        Assert.Equal(2, (await Store.HeadAsync(head.DocumentId)).MembershipVersion);
        Assert.Equal(2, Assert.Single(await Store.Log.FindAllAsync([head.DocumentId], Cancellation)).MembershipVersion);
    }

    [Fact]
    public async Task Set_RoleThatTheMemberHas_ChangesNothing()
    {
        var head = await Store.CreateAsync();
        Assert.Equal(MembershipChange.Unchanged, await SetAsync(head, "ada", MemberRole.Owner));
        Assert.Equal(0, (await Store.HeadAsync(head.DocumentId)).MembershipVersion);
    }

    [Fact]
    public async Task Remove_Member_LeavesNoRole()
    {
        var head = await Store.CreateAsync();
        await SetAsync(head, "bob", MemberRole.Viewer);

        Assert.Equal(MembershipChange.Changed, await RemoveAsync(head, "bob"));
        Assert.Equal(MembershipChange.Unchanged, await RemoveAsync(head, "bob"));

        Assert.Null(await FindAsync(head, "bob"));
        Assert.Equal(2, (await Store.HeadAsync(head.DocumentId)).MembershipVersion);
    }

    [Fact]
    public async Task LastOwner_CanNeitherBeRemovedNorGivenAnotherRole()
    {
        var head = await Store.CreateAsync();

        Assert.Equal(MembershipChange.LastOwner, await RemoveAsync(head, "ada"));
        Assert.Equal(MembershipChange.LastOwner, await SetAsync(head, "ada", MemberRole.Editor));
        Assert.Equal(MemberRole.Owner, await FindAsync(head, "ada"));
        Assert.Equal(0, (await Store.HeadAsync(head.DocumentId)).MembershipVersion);

        await SetAsync(head, "bob", MemberRole.Owner);
        Assert.Equal(MembershipChange.Changed, await RemoveAsync(head, "ada"));
        Assert.Equal(MembershipChange.LastOwner, await RemoveAsync(head, "bob"));
    }

    [Fact]
    public async Task LastOwners_WhoTakeEachOtherOutAtOnce_LeaveOne()
    {
        var head = await Store.CreateAsync();
        string[] owners = ["ada", "bob", "eve", "grace"];
        foreach (var owner in owners.Skip(1))
            await SetAsync(head, owner, MemberRole.Owner);

        var changes = await Task.WhenAll(owners.Select(owner => RemoveAsync(head, owner)));

        Assert.Single(changes, change => change == MembershipChange.LastOwner);
        Assert.Single(await ListAsync(head));
    }

    [Theory]
    [InlineData(null, MembershipChange.Changed, MemberRole.Commenter)]
    [InlineData(MemberRole.Viewer, MembershipChange.Changed, MemberRole.Commenter)]
    [InlineData(MemberRole.Commenter, MembershipChange.Unchanged, MemberRole.Commenter)]
    [InlineData(MemberRole.Owner, MembershipChange.Unchanged, MemberRole.Owner)]
    [InlineData(MemberRole.None, MembershipChange.Unchanged, MemberRole.None)]
    public async Task Raise_ToCommenter_NeverLowersAndLetsNobodyInWhoWasShutOut(MemberRole? before, MembershipChange expected, MemberRole after)
    {
        var head = await Store.CreateAsync();
        if (before is { } role)
            await SetAsync(head, "bob", role);

        Assert.Equal(expected, await Store.Memberships.RaiseAsync(head.DocumentId, head.Incarnation, "bob", MemberRole.Commenter, Cancellation));
        Assert.Equal(after, await FindAsync(head, "bob"));
    }

    [Fact]
    public async Task Change_AtAnotherVersionThanExpected_ChangesNothing()
    {
        var head = await Store.CreateAsync();
        Assert.Equal(MembershipChange.Changed, await SetAsync(head, "bob", MemberRole.Owner, version: 0));

        Assert.Equal(MembershipChange.Overtaken, await SetAsync(head, "eve", MemberRole.Owner, version: 0));
        Assert.Equal(MembershipChange.Overtaken, await RemoveAsync(head, "ada", version: 2));
        Assert.Equal(MembershipChange.NoDocument, await RemoveAsync(head with { Incarnation = "another" }, "ada", version: 2));

        Assert.Equal(["ada", "bob"], (await ListAsync(head)).Select(member => member.UserId));
        Assert.Equal(1, (await Store.HeadAsync(head.DocumentId)).MembershipVersion);
        Assert.Equal(MembershipChange.Changed, await RemoveAsync(head, "ada", version: 1));
    }

    [Fact]
    public async Task Owners_WhoTakeEachOtherOutAtOnce_AtTheVersionTheyKnow_AreNotBothTakenOut()
    {
        var head = await Store.CreateAsync();
        string[] owners = ["ada", "bob", "eve"];
        foreach (var owner in owners.Skip(1))
            await SetAsync(head, owner, MemberRole.Owner);

        var changes = await Task.WhenAll(owners.Select(owner => RemoveAsync(head, owner, version: 2)));

        Assert.Equal([MembershipChange.Changed, MembershipChange.Overtaken, MembershipChange.Overtaken], changes.Order());
    }

    [Fact]
    public async Task List_InPages_GivesEachOnceInOrder()
    {
        var head = await Store.CreateAsync();
        foreach (var user in new[] { "zoe", "Émile", "bob", "Bob" })
            await SetAsync(head, user, MemberRole.Viewer);

        var users = new List<string>();
        while (await Store.Memberships.ListAsync(head.DocumentId, head.Incarnation, users.LastOrDefault(""), 2, Cancellation) is { Count: > 0 } page)
            users.AddRange(page.Select(member => member.UserId));

        Assert.Equal(["Bob", "ada", "bob", "zoe", "Émile"], users);
    }

    [Fact]
    public async Task Change_OfADocumentThatIsGone_SaysSo()
    {
        var head = await Store.CreateAsync();
        Assert.Equal(MembershipChange.NoDocument, await SetAsync(head with { Incarnation = "another" }, "bob", MemberRole.Viewer));
        Assert.Equal(MembershipChange.NoDocument, await RemoveAsync(head with { DocumentId = NewId() }, "ada"));
        Assert.Empty(await ListAsync(head with { Incarnation = "another" }));
    }

    [Fact]
    public async Task Append_AtTheMembershipVersion_IsAppendedAndAfterAChangeNot()
    {
        var head = await Store.CreateAsync();
        Assert.Equal(AppendOutcome.Appended, await Store.Log.AppendAsync(Batch(head) with { MembershipVersion = 0 }, Cancellation));
        await SetAsync(head, "bob", MemberRole.Viewer);
        head = await Store.HeadAsync(head.DocumentId);

        Assert.Equal(AppendOutcome.Conflict, await Store.Log.AppendAsync(Batch(head) with { MembershipVersion = 0 }, Cancellation));
        Assert.Equal(head, await Store.HeadAsync(head.DocumentId));
        Assert.Equal(AppendOutcome.Appended, await Store.Log.AppendAsync(Batch(head) with { MembershipVersion = 1 }, Cancellation));
        Assert.Equal(AppendOutcome.Appended, await Store.Log.AppendAsync(Batch(await Store.HeadAsync(head.DocumentId)), Cancellation));
    }

    [Fact]
    public async Task Import_OfADocumentAndItsMembers_AddsNoOwnerAndKeepsTheVersion()
    {
        var document = NewDocument();
        var archived = new ArchivedDocument(document.ToHead(0) with { MembershipVersion = 7 }, DeletedAt: null);
        var head = (await Store.Archive.ImportAsync(archived, Cancellation)).Head;
        Assert.Empty(await ListAsync(head));

        DocumentMember[] members = [new("bob", MemberRole.Owner), new("eve", MemberRole.None)];
        await Store.Memberships.ImportAsync(head.DocumentId, head.Incarnation, members, Cancellation);
        await Store.Memberships.ImportAsync(head.DocumentId, head.Incarnation, members, Cancellation);

        Assert.Equal(members, await ListAsync(head));
        Assert.Equal(7, (await Store.HeadAsync(head.DocumentId)).MembershipVersion);
    }

    private async Task<IReadOnlyList<DocumentMember>> ListAsync(DocumentHead head) =>
        await Store.Memberships.ListAsync(head.DocumentId, head.Incarnation, string.Empty, 100, Cancellation);

    private async Task<MemberRole?> FindAsync(DocumentHead head, string userId) =>
        await Store.Memberships.FindRoleAsync(head.DocumentId, head.Incarnation, userId, Cancellation);

    private async Task<MembershipChange> SetAsync(DocumentHead head, string userId, MemberRole role, long? version = null) =>
        await Store.Memberships.SetAsync(head.DocumentId, head.Incarnation, userId, role, version, Cancellation);

    private async Task<MembershipChange> RemoveAsync(DocumentHead head, string userId, long? version = null) =>
        await Store.Memberships.RemoveAsync(head.DocumentId, head.Incarnation, userId, version, Cancellation);
}
