using RealtimeCollab.Sessions;
using RealtimeCollab.Sessions.Storage.Chat;
using static RealtimeCollab.Storage.Tests.ChatSamples;
using static RealtimeCollab.Storage.Tests.Samples;

namespace RealtimeCollab.Storage.Tests.Conformance;

/// <summary>Rooms come into being, and follow their documents.</summary>
public abstract class RoomTests<TFixture>(TFixture fixture) : IClassFixture<TFixture>
    where TFixture : StoreFixture
{
    private TestStore Store => fixture.Store;

    [Fact]
    public async Task Open_NewRoom_HasItsMembersAndIsEmpty()
    {
        var room = NewRoom(RoomKind.Free, "Tea ☕", new RoomMembership("ada", "Ada", RoomRole.Owner, 0), new RoomMembership("bob", "bob", RoomRole.Commenter, 0));

        var head = await Store.OpenRoomAsync(room);

        Assert.Equal(room.ToHead(), head);
        Assert.Equal(head, await Store.RoomAsync(room.RoomId));
        Assert.Equal(room.Members, await Store.Members.ListAsync(head.Key, 10, Cancellation));
        Assert.Empty(await Store.ReadAsync(head, MessageRange.Latest));
    }

    [Fact]
    public async Task Open_RoomThatIsThere_StaysAsItIs()
    {
        var room = NewRoom(RoomKind.Free, "first", new RoomMembership("ada", "Ada", RoomRole.Owner, 0));
        var head = await Store.OpenRoomAsync(room);

        var again = await Store.OpenRoomAsync(room with { Incarnation = "another", Name = "second", CreatedBy = "eve", Members = [new RoomMembership("eve", "Eve", RoomRole.Owner, 0)] });

        Assert.Equal(head, again);
        Assert.Equal("ada", Assert.Single(await Store.Members.ListAsync(head.Key, 10, Cancellation)).UserId);
    }

    [Fact]
    public async Task Open_ManyAtOnce_MakesOneRoom()
    {
        var room = NewRoom();
        var other = await fixture.OpenAsync();

        var heads = await Task.WhenAll(Enumerable.Range(0, 8).Select(index =>
            (index % 2 == 0 ? Store : other).OpenRoomAsync(room with { Incarnation = $"incarnation-{index}" })));

        Assert.Single(heads.Distinct());
    }

    [Fact]
    public async Task Open_RoomOfNoDocument_IsRefused()
    {
        var document = await Store.CreateAsync();
        var stale = RoomOf(document) with { Incarnation = "another" };

        foreach (var room in new[] { stale, RoomOf(document) with { RoomId = NewId() } })
        {
            var refusal = await Assert.ThrowsAsync<CollabException>(() => Store.OpenRoomAsync(room));
            Assert.Equal(CollabError.RoomNotFound, refusal.Error);
        }

        Assert.Empty(await Store.Messages.FindRoomsAsync([document.DocumentId], Cancellation));
    }

    [Fact]
    public async Task Open_RoomOfADocumentCreatedAgain_IsEmptyAndGoesOnCounting()
    {
        var former = await Store.CreateAsync();
        var formerRoom = await Store.OpenRoomAsync(RoomOf(former));
        await Store.WriteAsync(Batch(formerRoom, [Mention(formerRoom, 2, former.DocumentId)], Message(1), Message(2)));
        await Store.Members.EnterAsync(formerRoom.Key, "ada", "Ada", Cancellation);
        await Store.Log.DeleteAsync(former.DocumentId, former.Incarnation, deletedBy: null, Noon, Cancellation);
        var document = await Store.CreateAsync(NewDocument(former.DocumentId));

        var room = await Store.OpenRoomAsync(RoomOf(document));

        Assert.Equal((document.Incarnation, 2, 2), (room.Incarnation, room.Sequence, room.Change));
        Assert.Empty(await Store.ReadAsync(room, MessageRange.Latest));
        Assert.Empty(await Store.ReadAsync(formerRoom, MessageRange.Latest));
        Assert.Empty(await Store.Members.ListAsync(room.Key, 10, Cancellation));
        Assert.Empty(await Store.Notifications.ListAsync(former.DocumentId, 0, 10, Cancellation));
        await Assert.ThrowsAsync<CollabException>(() => Store.OpenRoomAsync(RoomOf(former)));
        Assert.Equal(room, await Store.RoomAsync(room.RoomId));
    }

    [Fact]
    public async Task Find_SomeThatExist_GivesThem()
    {
        var one = await Store.OpenRoomAsync();
        var two = await Store.OpenRoomAsync();

        var found = await Store.Messages.FindRoomsAsync([one.RoomId, "~none", two.RoomId], Cancellation);

        Assert.Equal(new HashSet<RoomHead> { one, two }, found.ToHashSet());
    }
}
