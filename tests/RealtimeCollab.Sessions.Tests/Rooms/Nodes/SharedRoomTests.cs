using RealtimeCollab.Sessions.Rooms;
using RealtimeCollab.Sessions.Storage;
using static RealtimeCollab.Sessions.Tests.Rooms.Nodes.RoomWorld;
using static RealtimeCollab.Sessions.Tests.Support.SessionFixture;

namespace RealtimeCollab.Sessions.Tests.Rooms.Nodes;

/// <summary>One room on several nodes.</summary>
public sealed class SharedRoomTests
{
    [Fact]
    public async Task Members_OfAllNodes_AreListedCountedAndToldOnEach()
    {
        await using var world = new RoomWorld();
        var (here, there) = (await world.StartNodeAsync(), await world.StartNodeAsync());
        here.Room.Join(Member("a1", "ada", isEditing: true));
        there.Room.Join(Member("b1", "bob"));
        await world.ExpectAsync("ada bob", here, there);
        Assert.Equal((1, 1), (here.Room.ReaderCount, here.Room.WriterCount));
        Assert.Equal((1, 1), (there.Room.ReaderCount, there.Room.WriterCount));

        there.Room.Join(Member("b1", "bob", isEditing: true));
        await world.SettleAsync();
        Assert.Equal((1, 2), (here.Room.ReaderCount, here.Room.WriterCount));
        there.Room.Leave("b1");

        await world.ExpectAsync("ada", here, there);
        world.Store.Time.Advance(Options.RoomInterval);
        Assert.Equal(["joined ada-client w", "joined bob-client r", "joined bob-client rw", "left bob-client"], await PeopleAsync(here, 4));
        Assert.Equal(["joined bob-client r", "joined bob-client rw", "left bob-client"], (await PeopleAsync(there, 4)).Where(line => !line.Contains("ada", StringComparison.Ordinal)));
        await UntilAsync(
            () => there.Events.Heard.Last(line => line.StartsWith("room", StringComparison.Ordinal)) == "room 0 readers 1 writers",
            () => string.Join('\n', there.Events.Heard));
    }

    [Fact]
    public async Task Node_ThatOpensTheDocumentLater_HearsOfAll()
    {
        await using var world = new RoomWorld();
        var here = await world.StartNodeAsync();
        here.Room.Join(Member("a1", "ada", isEditing: true));
        here.Room.UpdateSelection("a1", 1, At(3));
        await world.SettleAsync();

        var late = await world.StartNodeAsync();

        await world.ExpectAsync("ada", here, late);
        Assert.Equal((At(3), here.Room.Members[0].Color), (late.Room.Members[0].Selection, late.Room.Members[0].Color));
    }

    [Fact]
    public async Task Joins_OfMany_AreFewNotices_OfWhatChangedAlone()
    {
        await using var world = new RoomWorld();
        var (here, there) = (await world.StartNodeAsync(), await world.StartNodeAsync());
        await world.SettleAsync();
        world.Lines.Notices.Clear();

        for (var i = 0; i < 500; i++)
            here.Room.Join(Member($"c{i}", $"user{i}"));
        await world.SettleAsync();
        here.Room.Join(Member("last", "zoe"));
        await world.SettleAsync();

        Assert.Equal(501, there.Room.ReaderCount);
        Assert.InRange(world.Lines.Notices.Count, 2, 4);
        Assert.Equal(501, world.Lines.Notices.Sum(notice => notice.Present.Count));
        Assert.Single(world.Lines.Notices.Last().Present);
    }

    [Fact]
    public async Task Notice_ThatGotLost_IsAskedForAtTheNextOne()
    {
        await using var world = new RoomWorld();
        var (here, there) = (await world.StartNodeAsync(), await world.StartNodeAsync());
        await world.SettleAsync();
        world.Lines.Loses = notice => notice.Present.Count > 0;
        here.Room.Join(Member("a1", "ada"));
        await world.SettleAsync();
        world.Lines.Loses = _ => false;

        here.Room.Join(Member("b1", "bob"));

        await world.ExpectAsync("ada bob", here, there);
    }

    [Fact]
    public async Task LastNotice_ThatGotLost_ShowsInTheNextPulse()
    {
        await using var world = new RoomWorld();
        var (here, there) = (await world.StartNodeAsync(), await world.StartNodeAsync());
        here.Room.Join(Member("a1", "ada"));
        here.Room.Join(Member("b1", "bob"));
        await world.ExpectAsync("ada bob", here, there);
        world.Lines.IsAway = true;
        here.Room.Leave("a1");
        await world.ExpectAsync("bob", here);
        world.Lines.IsAway = false;
        Assert.Equal("ada bob", there.Users);

        await world.PulseAsync(1);

        await world.ExpectAsync("bob", here, there);
    }

    [Fact]
    public async Task Node_ThatDies_TakesItsMembersWithItWithinTenSeconds_AndNotAtOnce()
    {
        await using var world = new RoomWorld();
        var (here, there) = (await world.StartNodeAsync(), await world.StartNodeAsync());
        here.Room.Join(Member("a1", "ada"));
        there.Room.Join(Member("b1", "bob"));
        await world.ExpectAsync("ada bob", here, there);

        here.Line.IsCut = true;
        await world.PulseAsync(3);
        await world.ExpectAsync("ada bob", there);
        await world.PulseAsync(2);

        await world.ExpectAsync("bob", there);
        Assert.Contains("left ada-client", await PeopleAsync(there, 3));
        here.Line.IsCut = false;
        await world.PulseAsync(1);
        await world.ExpectAsync("ada bob", here, there);
    }

    [Fact]
    public async Task Members_StayWhileNobodyCanBeHeard_AndAreRightAgainAfterwards()
    {
        await using var world = new RoomWorld();
        var (here, there) = (await world.StartNodeAsync(), await world.StartNodeAsync());
        here.Room.Join(Member("a1", "ada"));
        there.Room.Join(Member("b1", "bob"));
        await world.ExpectAsync("ada bob", here, there);

        world.Lines.IsAway = true;
        await world.PulseAsync(20);
        await world.ExpectAsync("ada bob", here, there);
        here.Room.Leave("a1");
        there.Room.Join(Member("c1", "carol"));
        await world.SettleAsync();
        world.Lines.IsAway = false;
        await world.PulseAsync(1);

        await world.ExpectAsync("bob carol", here, there);
    }

    [Fact]
    public async Task Client_ThatMovesToAnotherNode_DoesNotFlicker()
    {
        await using var world = new RoomWorld();
        var (here, there) = (await world.StartNodeAsync(), await world.StartNodeAsync());
        var watcher = await world.StartNodeAsync();
        var color = here.Room.Join(Member("a1", "ada")).Color;
        await world.ExpectAsync("ada", here, there, watcher);

        here.Line.IsCut = true;
        var moved = there.Room.Join(Member("a2", "ada"));
        await world.PulseAsync(6);

        await world.ExpectAsync("ada", there, watcher);
        Assert.Equal((1, color), (watcher.Room.ReaderCount, moved.Color));
        Assert.DoesNotContain("left ada-client", watcher.Events.Heard);
    }

    [Fact]
    public async Task Selection_OfAnotherNode_IsMovedToTheRevisionOfThisOne()
    {
        await using var world = new RoomWorld();
        var (here, there) = (await world.StartNodeAsync(), await world.StartNodeAsync());
        here.Room.Join(Member("a1", "ada", isEditing: true));
        await world.SettleAsync();
        await there.Session.SubmitAsync(Edit(1, """["> ",5]""", "x", "bob"));

        here.Room.UpdateSelection("a1", 1, At(5));
        await world.SettleAsync();

        Assert.Equal("selections@2 ada-client=7-7", (await there.Events.WaitForAsync("selections", 1))[^1]);
        Assert.Equal(At(7), there.Room.Members[0].Selection);
    }

    [Fact]
    public async Task Selection_AtARevisionThatThisNodeDoesNotHave_WaitsForIt()
    {
        await using var world = new RoomWorld();
        var (here, there) = (await world.StartNodeAsync(), await world.StartNodeAsync());
        here.Room.Join(Member("a1", "ada", isEditing: true));
        await here.Session.SubmitAsync(Edit(1, """[5," world"]""", "x"));
        here.Room.UpdateSelection("a1", 2, At(11));
        await world.SettleAsync();
        Assert.Null(there.Room.Members[0].Selection);

        await there.Session.CatchUpAsync(2);
        await world.SettleAsync();

        Assert.Equal(At(11), there.Room.Members[0].Selection);
        Assert.Equal("selections@2 ada-client=11-11", (await there.Events.WaitForAsync("selections", 1))[^1]);
    }

    [Fact]
    public async Task Selection_ThatCannotBe_IsDropped()
    {
        await using var world = new RoomWorld();
        var there = await world.StartNodeAsync();
        var other = world.Lines.NewLine();

        other.Publish(new Sessions.Rooms.Nodes.RoomNotice(Doc, "part", 0, 1, [new(Member("a1", "ada") with { Selection = At(99) }, 1)], [], Asks: null));

        await world.ExpectAsync("ada", there);
        Assert.Null(there.Room.Members[0].Selection);
    }

    [Fact]
    public async Task Pulses_OfManyRooms_AreFewMessages()
    {
        await using var world = new RoomWorld();
        var node = await world.StartNodeAsync();
        for (var i = 0; i < 1_200; i++)
        {
            var document = new NewDocument($"d{i}", "incarnation", OperationalTransform.ContentType.Text, "owner", world.Store.Time.GetUtcNow());
            var lease = await node.Sessions.OpenOrCreateAsync(document, first: null, TestContext.Current.CancellationToken);
            lease.Session.Room.Join(Member($"c{i}", "ada"));
        }

        await world.SettleAsync();
        world.Lines.Pulses.Clear();
        await world.PulseAsync(1);

        Assert.Equal([500, 500, 200], world.Lines.Pulses.Select(pulse => pulse.Parts.Count));
        Assert.Equal([true, false, false], world.Lines.Pulses.Select(pulse => pulse.IsFirst));
    }

    [Fact]
    public async Task Node_ThatStops_HearsNothingMore()
    {
        var world = new RoomWorld();
        var node = await world.StartNodeAsync();
        Assert.Equal(2, node.Line.Followers);

        await world.DisposeAsync();

        Assert.Equal(0, node.Line.Followers);
    }

    private static async Task<IReadOnlyList<string>> PeopleAsync(Node node, int count)
    {
        await UntilAsync(() => People(node).Count >= count, () => string.Join('\n', node.Events.Heard));
        return People(node);
    }

    private static List<string> People(Node node) =>
        [.. node.Events.Heard.Where(line => line.StartsWith("joined", StringComparison.Ordinal) || line.StartsWith("left", StringComparison.Ordinal))];
}
