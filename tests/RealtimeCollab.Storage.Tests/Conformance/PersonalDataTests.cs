using RealtimeCollab.Sessions.Storage;
using RealtimeCollab.Sessions.Storage.Access;
using RealtimeCollab.Sessions.Storage.Chat;
using static RealtimeCollab.Storage.Tests.ChatSamples;
using static RealtimeCollab.Storage.Tests.Samples;

namespace RealtimeCollab.Storage.Tests.Conformance;

/// <summary>What becomes of a user who is to be forgotten.</summary>
public abstract class PersonalDataTests<TFixture>(TFixture fixture) : IClassFixture<TFixture>
    where TFixture : StoreFixture
{
    private readonly string _user = NewId();
    private readonly string _pseudonym = $"erased-{NewId()}";

    private TestStore Store => fixture.Store;

    [Fact]
    public async Task Erase_Author_LeavesTheTextUnderAPseudonym()
    {
        var head = await WriteDocumentAsync();

        Assert.Equal(4, await EraseAsync());

        var entries = await Store.Log.ReadAsync(head.DocumentId, 0, 10, Cancellation);
        Assert.Equal([_pseudonym, "ada"], entries.Select(entry => entry.UserId));
        Assert.Equal([_pseudonym, "client-1"], entries.Select(entry => entry.ClientId));
        Assert.Equal(Entry(1).Operation, entries[0].Operation);
        Assert.Equal(_pseudonym, (await Store.HeadAsync(head.DocumentId)).CreatedBy);
        Assert.Equal(_pseudonym, Assert.Single(await Store.Versions.ListAsync(head.DocumentId, head.Incarnation, Cancellation)).CreatedBy);
    }

    [Fact]
    public async Task Erase_Member_IsNoneAnyMore_AndServersAskAnew()
    {
        var (shared, closed) = (await Store.CreateAsync(), await Store.CreateAsync());
        await SetAsync(shared, _user, MemberRole.Owner);
        await SetAsync(closed, _user, MemberRole.None);
        var before = (await Store.HeadAsync(shared.DocumentId)).MembershipVersion;

        Assert.Equal(2, await EraseAsync());

        Assert.Equal([new DocumentMember("ada", MemberRole.Owner)], await ListMembersAsync(shared));
        Assert.Equal([new DocumentMember("ada", MemberRole.Owner)], await ListMembersAsync(closed));
        Assert.Equal(before + 1, (await Store.HeadAsync(shared.DocumentId)).MembershipVersion);
    }

    [Fact]
    public async Task Erase_OnlyOwner_StaysThatUnderThePseudonym()
    {
        var head = await Store.CreateAsync(NewDocument() with { CreatedBy = _user });
        await SetAsync(head, "grace", MemberRole.Editor);

        Assert.Equal(2, await EraseAsync());

        Assert.Equal(
            [new DocumentMember(_pseudonym, MemberRole.Owner), new DocumentMember("grace", MemberRole.Editor)], await ListMembersAsync(head));
    }

    [Fact]
    public async Task Erase_MakerOfALink_LeavesTheLink()
    {
        var head = await Store.CreateAsync();
        var link = new ShareLink(NewId(), head.DocumentId, head.Incarnation, $"hash-{NewId()}", MemberRole.Viewer, _user, Noon, Noon.AddDays(1));
        await Store.Links.AddAsync(link, Cancellation);

        Assert.Equal(1, await EraseAsync());

        Assert.Equal(link with { CreatedBy = _pseudonym }, await Store.Links.FindAsync(link.TokenHash, Cancellation));
    }

    [Fact]
    public async Task Erase_Document_GoesOnTakingOperations()
    {
        var head = await WriteDocumentAsync();
        await EraseAsync();
        Assert.Equal(AppendOutcome.Appended, await Store.Log.AppendAsync(Batch(head), Cancellation));
    }

    [Fact]
    public async Task Erase_Chatter_LeavesNeitherNameNorMembershipNorNotifications()
    {
        var other = NewId();
        var room = await Store.OpenRoomAsync(
            NewRoom(RoomKind.Free, "Tea", new RoomMembership(_user, "Their name", RoomRole.Owner, 0), new RoomMembership(other, "Another", RoomRole.Owner, 0)) with { CreatedBy = _user });
        await Store.WriteAsync(Batch(room, Message(1, sender: _user), Message(2)));
        await Store.Notifications.AddAsync([Notification(_user), Notification(other)], Cancellation);

        Assert.Equal(5, await EraseAsync());

        var messages = await Store.ReadAsync(room, MessageRange.Latest);
        Assert.Equal([(_pseudonym, _pseudonym), ("ada", "ADA")], messages.Select(message => (message.SenderId, message.SenderName)));
        Assert.Equal(_pseudonym, (await Store.RoomAsync(room.RoomId)).CreatedBy);
        Assert.Equal([other], (await Store.Members.ListAsync(room.Key, 10, Cancellation)).Select(member => member.UserId));
        Assert.Empty(await Store.Notifications.ListAsync(_user, 0, 10, Cancellation));
        Assert.Single(await Store.Notifications.ListAsync(other, 0, 10, Cancellation));
    }

    [Fact]
    public async Task Erase_Again_FindsNothing()
    {
        await WriteDocumentAsync();
        await EraseAsync();
        Assert.Equal(0, await EraseAsync());
    }

    private async Task SetAsync(DocumentHead head, string userId, MemberRole role) => Assert.Equal(
        MembershipChange.Changed, await Store.Memberships.SetAsync(head.DocumentId, head.Incarnation, userId, role, membershipVersion: null, Cancellation));

    private async Task<IReadOnlyList<DocumentMember>> ListMembersAsync(DocumentHead head) =>
        await Store.Memberships.ListAsync(head.DocumentId, head.Incarnation, "", 10, Cancellation);

    private static NewNotification Notification(string userId) => new(userId, "news", "Something", Room: null, Sequence: null, Noon);

    private async Task<DocumentHead> WriteDocumentAsync()
    {
        var created = await Store.CreateAsync(NewDocument() with { CreatedBy = _user });
        LogEntry[] entries = [Entry(1) with { UserId = _user, ClientId = $"{_user}-laptop" }, Entry(2)];
        Assert.Equal(AppendOutcome.Appended, await Store.Log.AppendAsync(new AppendBatch(created.DocumentId, created.Incarnation, 0, entries), Cancellation));
        var head = await Store.HeadAsync(created.DocumentId);
        await Store.Versions.AddAsync(Version(head, 1, NewId()) with { CreatedBy = _user }, Snapshot(head, 1), Cancellation);
        return head;
    }

    private async Task<long> EraseAsync()
    {
        long rows = 0;
        foreach (var store in Store.Get<IEnumerable<IPersonalDataStore>>())
            rows += await store.EraseAsync(_user, _pseudonym, Cancellation);
        return rows;
    }
}
