using RealtimeCollab.Sessions.Storage;
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

        Assert.Equal(3, await EraseAsync());

        var entries = await Store.Log.ReadAsync(head.DocumentId, 0, 10, Cancellation);
        Assert.Equal([_pseudonym, "ada"], entries.Select(entry => entry.UserId));
        Assert.Equal([_pseudonym, "client-1"], entries.Select(entry => entry.ClientId));
        Assert.Equal(Entry(1).Operation, entries[0].Operation);
        Assert.Equal(_pseudonym, (await Store.HeadAsync(head.DocumentId)).CreatedBy);
        Assert.Equal(_pseudonym, Assert.Single(await Store.Versions.ListAsync(head.DocumentId, head.Incarnation, Cancellation)).CreatedBy);
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
