using RealtimeCollab.OperationalTransform;
using RealtimeCollab.Sessions.Documents;
using RealtimeCollab.Sessions.Leases;
using RealtimeCollab.Sessions.Rooms;
using RealtimeCollab.Sessions.Tests.Support;
using static RealtimeCollab.Sessions.Tests.Support.SessionFixture;

namespace RealtimeCollab.Sessions.Tests.Rooms;

public sealed class DocumentRoomTests
{
    private static readonly SessionOptions Defaults = new();

    [Fact]
    public async Task Join_AsReaderThenWriter_CountsOneConnectionTwice()
    {
        await using var fixture = new SessionFixture();
        using var lease = await fixture.OpenAsync("Hello");
        var room = lease.Session.Room;

        room.Join(Member("c1", "ada") with { IsReading = true });
        room.Join(Member("c1", "ada") with { IsEditing = true });
        Assert.Equal((1, 1, 1), (room.ReaderCount, room.WriterCount, room.Members.Count));

        room.Stop("c1", reading: false, editing: true);
        Assert.Equal((1, 0, 1), (room.ReaderCount, room.WriterCount, room.Members.Count));
        room.Stop("c1", reading: true, editing: false);
        Assert.Equal((0, 0, 0), (room.ReaderCount, room.WriterCount, room.Members.Count));
    }

    [Fact]
    public async Task Join_Twice_TellsNobodyTwice()
    {
        await using var fixture = new SessionFixture();
        using var lease = await fixture.OpenAsync("Hello");

        lease.Session.Room.Join(Member("c1", "ada") with { IsEditing = true });
        lease.Session.Room.Join(Member("c1", "ada") with { IsEditing = true });
        lease.Session.Room.Leave("c1");
        lease.Session.Room.Leave("c1");

        fixture.Time.Advance(Defaults.RoomInterval);
        var heard = await fixture.Events.WaitForAsync(4);
        Assert.Equal(["joined ada-client w", "left ada-client"], heard.Where(line => !line.StartsWith("room", StringComparison.Ordinal)));
        Assert.Equal("room 0 readers 0 writers", heard[^1]);
    }

    [Fact]
    public async Task Leave_OfOneConnectionOfAClient_KeepsTheClient()
    {
        await using var fixture = new SessionFixture();
        using var lease = await fixture.OpenAsync("Hello");
        var room = lease.Session.Room;
        room.Join(Member("old", "ada") with { IsEditing = true });
        room.Join(Member("new", "ada") with { IsEditing = true });

        room.Leave("old");

        Assert.Single(room.Members);
        await fixture.Events.WaitForAsync(3);
        Assert.DoesNotContain("left ada-client", fixture.Events.Heard);
    }

    [Fact]
    public async Task Changes_OfManyAtOnce_AreToldTogether()
    {
        await using var fixture = new SessionFixture();
        using var lease = await fixture.OpenAsync("Hello");
        for (var i = 0; i < 100; i++)
            lease.Session.Room.Join(Member($"c{i}", $"user{i}") with { IsReading = true });

        fixture.Time.Advance(Defaults.RoomInterval);

        var heard = await fixture.Events.WaitForAsync(102);
        Assert.Equal(2, heard.Count(line => line.StartsWith("room", StringComparison.Ordinal)));
        Assert.Equal("room 100 readers 0 writers", heard[^1]);
    }

    [Fact]
    public async Task List_InALargeRoom_IsToldLessOften()
    {
        await using var fixture = new SessionFixture();
        using var lease = await fixture.OpenAsync("Hello");
        for (var i = 0; i < 200; i++)
            lease.Session.Room.Join(Member($"c{i}", $"user{i}") with { IsReading = true });
        fixture.Time.Advance(Defaults.RoomInterval);
        await fixture.Events.WaitForAsync("room", 2);

        lease.Session.Room.Leave("c0");
        fixture.Time.Advance(Defaults.RoomInterval * 3);
        lease.Session.Room.Leave("c1");
        fixture.Time.Advance(Defaults.RoomInterval);

        Assert.Equal("room 198 readers 0 writers", (await fixture.Events.WaitForAsync("room", 3))[^1]);
    }

    [Fact]
    public async Task Selection_OnAnOlderRevision_IsMovedToTheHead()
    {
        await using var fixture = new SessionFixture();
        using var lease = await OpenWithAdaAsync(fixture);
        await lease.Session.SubmitAsync(Edit(1, """["> ",5]""", "a", "grace"));

        lease.Session.Room.UpdateSelection("c1", 1, At(5));

        Assert.Equal(At(7), lease.Session.Room.Members[0].Selection);
        Assert.Equal("selections@2 ada-client=7-7", (await fixture.Events.WaitForAsync("selections", 1))[^1]);
    }

    [Fact]
    public async Task Selection_IsMovedByLaterOperations()
    {
        await using var fixture = new SessionFixture();
        using var lease = await OpenWithAdaAsync(fixture);
        lease.Session.Room.UpdateSelection("c1", 1, At(5));

        await lease.Session.SubmitAsync(Edit(1, """[-2,3]""", "a", "grace"));

        Assert.Equal(At(3), lease.Session.Room.Members[0].Selection);
    }

    [Fact]
    public async Task Selection_SentWithAnOperation_StandsBehindIt()
    {
        await using var fixture = new SessionFixture();
        using var lease = await OpenWithAdaAsync(fixture);
        await lease.Session.SubmitAsync(Edit(1, """["> ",5]""", "a", "grace"));

        await lease.Session.SubmitAsync(Edit(1, """[5,"!"]""", "b", connectionId: "c1", selection: At(6)));

        Assert.Equal("> Hello!", lease.Session.State.Document.ToString());
        Assert.Equal(At(8), lease.Session.Room.Members[0].Selection);
    }

    [Fact]
    public async Task Selection_SentAfterAnOperation_OutlastsTheOneSentWithIt()
    {
        await using var fixture = new SessionFixture();
        using var lease = await OpenWithAdaAsync(fixture);
        var release = fixture.Log.HoldAppends();
        var submission = lease.Session.SubmitAsync(Edit(1, """[5,"!"]""", "a", connectionId: "c1", selection: At(6)));
        lease.Session.Room.UpdateSelection("c1", 1, At(2));
        release();
        await submission;

        Assert.Equal(At(2), lease.Session.Room.Members[0].Selection);
    }

    [Fact]
    public async Task Selections_InQuickSuccession_AreSentOnceEachInterval()
    {
        await using var fixture = new SessionFixture();
        using var lease = await OpenWithAdaAsync(fixture);
        for (var position = 0; position <= 5; position++)
            lease.Session.Room.UpdateSelection("c1", 1, At(position));

        fixture.Time.Advance(Defaults.SelectionInterval);
        fixture.Time.Advance(Defaults.SelectionInterval);

        Assert.Equal(
            ["selections@1 ada-client=0-0", "selections@1 ada-client=5-5"],
            await fixture.Events.WaitForAsync("selections", 2));
    }

    [Fact]
    public async Task Selection_FartherBehindThanMemory_IsGoneRatherThanWrong()
    {
        await using var fixture = new SessionFixture(new SessionOptions { RecentOperations = 4 });
        using var lease = await OpenWithAdaAsync(fixture);
        lease.Session.Room.UpdateSelection("c1", 1, At(5));
        for (var i = 1; i <= 10; i++)
            await lease.Session.SubmitAsync(Edit(i, """["y"]""", $"op{i}", "grace"));

        Assert.Null(lease.Session.Room.Members[0].Selection);
    }

    [Fact]
    public async Task Selection_ThatCannotBe_IsRefused()
    {
        await using var fixture = new SessionFixture();
        using var lease = await OpenWithAdaAsync(fixture);
        var room = lease.Session.Room;

        Assert.Equal(CollabError.RevisionAhead, Refused(() => room.UpdateSelection("c1", 2, At(0))));
        Assert.Equal(CollabError.SessionNotFound, Refused(() => room.UpdateSelection("c2", 1, At(0))));
        Assert.Equal(CollabError.InvalidRequest, Refused(() => room.UpdateSelection("c1", 1, At(6))));
        Assert.Null(room.Members[0].Selection);
    }

    private static Selection At(int position) => new(new SelectionRange(position, position));

    private static RoomMember Member(string connectionId, string user) => new()
    {
        ConnectionId = connectionId,
        ClientId = user + "-client",
        UserId = user,
        UserName = user,
    };

    private static async Task<Lease<DocumentSession>> OpenWithAdaAsync(SessionFixture fixture)
    {
        var lease = await fixture.OpenAsync("Hello");
        lease.Session.Room.Join(Member("c1", "ada") with { IsEditing = true });
        return lease;
    }

    private static CollabError Refused(Action action) => Assert.Throws<CollabException>(action).Error;
}
