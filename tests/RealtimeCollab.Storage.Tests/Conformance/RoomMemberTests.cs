using RealtimeCollab.Sessions.Storage.Chat;
using static RealtimeCollab.Storage.Tests.ChatSamples;
using static RealtimeCollab.Storage.Tests.Samples;

namespace RealtimeCollab.Storage.Tests.Conformance;

/// <summary>Who is in a room, and how far they have read.</summary>
public abstract class RoomMemberTests<TFixture>(TFixture fixture) : IClassFixture<TFixture>
    where TFixture : StoreFixture
{
    private TestStore Store => fixture.Store;

    [Fact]
    public async Task Enter_Again_TakesTheNameAndKeepsTheRest()
    {
        var room = await Store.OpenRoomAsync();
        Assert.Equal(new RoomMembership("ada", "Ada", RoomRole.None, 0), await Store.Members.EnterAsync(room.Key, "ada", "Ada", Cancellation));
        await Store.Members.SetRoleAsync(room.Key, "ada", RoomRole.Owner, Cancellation);
        await Store.Members.MarkReadAsync(room.Key, "ada", 7, Cancellation);

        var member = await Store.Members.EnterAsync(room.Key, "ada", "Ada L. 👑", Cancellation);

        Assert.Equal(new RoomMembership("ada", "Ada L. 👑", RoomRole.Owner, 7), member);
        Assert.Equal([member], await Store.Members.FindAsync(room.Key, ["ada", "bob"], Cancellation));
    }

    [Fact]
    public async Task MarkRead_Backwards_StaysWhereItIs()
    {
        var room = await Store.OpenRoomAsync();
        await Store.Members.EnterAsync(room.Key, "ada", "Ada", Cancellation);

        Assert.Equal(5, await Store.Members.MarkReadAsync(room.Key, "ada", 5, Cancellation));
        Assert.Equal(5, await Store.Members.MarkReadAsync(room.Key, "ada", 3, Cancellation));
        Assert.Equal(0, await Store.Members.MarkReadAsync(room.Key, "nobody", 3, Cancellation));
        Assert.Equal(5, Assert.Single(await Store.Members.ListAsync(room.Key, 10, Cancellation)).LastRead);
    }

    [Fact]
    public async Task List_Members_ThoseWhoReadFurthestFirst()
    {
        var room = await Store.OpenRoomAsync();
        foreach (var (user, read) in new[] { ("b", 1L), ("c", 9), ("a", 1), ("d", 0) })
        {
            await Store.Members.EnterAsync(room.Key, user, user, Cancellation);
            await Store.Members.MarkReadAsync(room.Key, user, read, Cancellation);
        }

        Assert.Equal(["c", "a", "b"], (await Store.Members.ListAsync(room.Key, 3, Cancellation)).Select(member => member.UserId));
    }

    [Fact]
    public async Task Remove_Member_IsGoneWithTheMark()
    {
        var room = await Store.OpenRoomAsync();
        await Store.Members.SetRoleAsync(room.Key, "ada", RoomRole.Commenter, Cancellation);
        await Store.Members.MarkReadAsync(room.Key, "ada", 5, Cancellation);

        await Store.Members.RemoveAsync(room.Key, "ada", Cancellation);

        Assert.Empty(await Store.Members.ListAsync(room.Key, 10, Cancellation));
        Assert.Equal(new RoomMembership("ada", "Ada", RoomRole.None, 0), await Store.Members.EnterAsync(room.Key, "ada", "Ada", Cancellation));
    }

    [Fact]
    public async Task Writes_ToARoomThatIsGone_WriteNothing()
    {
        var gone = new RoomKey("~none", "none");

        Assert.Equal(new RoomMembership("ada", "Ada", RoomRole.None, 0), await Store.Members.EnterAsync(gone, "ada", "Ada", Cancellation));
        await Store.Members.SetRoleAsync(gone, "ada", RoomRole.Owner, Cancellation);
        await Store.Members.RemoveAsync(gone, "ada", Cancellation);

        Assert.Empty(await Store.Members.ListAsync(gone, 10, Cancellation));
    }

    [Fact]
    public async Task ListRooms_OfAUser_LeavesDocumentsRoomsOut()
    {
        var user = NewId();
        var document = await Store.CreateAsync();
        var documents = await Store.OpenRoomAsync(RoomOf(document));
        await Store.Members.EnterAsync(documents.Key, user, "Ada", Cancellation);
        var rooms = new List<RoomHead>();
        for (var i = 0; i < 3; i++)
            rooms.Add(await Store.OpenRoomAsync(NewRoom(i == 0 ? RoomKind.Direct : RoomKind.Free, $"room {i}", new RoomMembership(user, "Ada", RoomRole.Commenter, 0))));
        await Store.OpenRoomAsync();
        rooms.Sort((one, other) => string.CompareOrdinal(one.RoomId, other.RoomId));

        var first = await Store.Members.ListRoomsAsync(user, string.Empty, 2, Cancellation);
        var rest = await Store.Members.ListRoomsAsync(user, first[^1].Room.RoomId, 2, Cancellation);

        Assert.Equal(rooms, [.. first.Select(joined => joined.Room), .. rest.Select(joined => joined.Room)]);
        Assert.All(first, joined => Assert.Equal(new RoomMembership(user, "Ada", RoomRole.Commenter, 0), joined.Member));
    }
}
