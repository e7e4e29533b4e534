using Microsoft.Extensions.Logging.Abstractions;
using RealtimeCollab.Sessions.Documents;
using RealtimeCollab.Sessions.Documents.Notices;
using RealtimeCollab.Sessions.Storage;
using RealtimeCollab.Sessions.Tests.Support;
using static RealtimeCollab.Sessions.Tests.Support.SessionFixture;

namespace RealtimeCollab.Sessions.Tests.Documents;

/// <summary>What a session makes of what it hears about other nodes' commits.</summary>
public sealed class NoticeTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Commit_OfAnotherNode_IsTakenFromItsNotice()
    {
        await using var world = new World();
        using var here = await world.OpenAsync();
        using var there = await world.There.OpenAsync(Doc, Cancellation);
        world.Fixture.Log.IsDown = true;

        Assert.Equal(2, await there.Session.SubmitAsync(Edit(1, """[5,"!"]""", "a")));

        Assert.Equal(["operations 2:a"], await world.Fixture.Events.WaitForAsync("operations", 1));
        Assert.Equal("Hello!", here.Session.State.Document.ToString());
    }

    [Fact]
    public async Task Notices_ThatComeTwiceAndInAnotherOrder_AreTakenOnceEachInOrder()
    {
        await using var world = new World();
        using var here = await world.OpenAsync();
        using var there = await world.There.OpenAsync(Doc, Cancellation);
        world.Notices.IsHolding = true;
        await there.Session.SubmitAsync(Edit(1, """[5,"1"]""", "a"));
        await there.Session.SubmitAsync(Edit(2, """[6,"2"]""", "b"));
        await there.Session.SubmitAsync(Edit(3, """[7,"3"]""", "c"));

        var held = world.Notices.Take();
        world.Notices.IsHolding = false;
        world.Notices.Publish(held[2]);
        world.Notices.Publish(held[0]);
        world.Notices.Publish(held[1]);
        world.Notices.Publish(held[0]);

        await here.Session.CatchUpAsync(4);
        Assert.Equal("Hello123", here.Session.State.Document.ToString());
        IReadOnlyList<string> told = [];
        while (told is [] || !told[^1].EndsWith("4:c", StringComparison.Ordinal))
            told = await world.Fixture.Events.WaitForAsync("operations", told.Count + 1);
        Assert.Equal("2:a 3:b 4:c", string.Join(' ', told.Select(line => line["operations ".Length..])));
    }

    [Fact]
    public async Task Notice_BehindAGapOrWithoutEntries_IsReadInTheLog()
    {
        await using var world = new World();
        using var here = await world.OpenAsync();
        await world.Fixture.AppendElsewhereAsync(1, """[5,"!"]""", """[6,"?"]""");

        world.Notices.Publish(new CommitNotice(Doc, "incarnation", 3, []));

        Assert.Equal(["operations 2:far2 3:far3"], await world.Fixture.Events.WaitForAsync("operations", 1));
        Assert.Equal("Hello!?", here.Session.State.Document.ToString());
    }

    [Fact]
    public async Task Notice_WhoseEntryDoesNotFit_LeavesTheTurnsRunning()
    {
        await using var world = new World();
        using var here = await world.OpenAsync();
        await world.Fixture.AppendElsewhereAsync(1, """[5,"!"]""");
        var entry = (await here.Session.ReadAsync(0, 1, Cancellation))[0];

        world.Notices.Publish(new CommitNotice(Doc, "incarnation", 2, [entry with { Revision = 2, Operation = Edit(1, """[99,"?"]""", "x").Operation }]));

        Assert.Equal(["operations 2:far2"], await world.Fixture.Events.WaitForAsync("operations", 1));
        Assert.Equal(3, await here.Session.SubmitAsync(Edit(2, """[6,"?"]""", "a")).WaitAsync(TimeSpan.FromSeconds(30), Cancellation));
        Assert.Equal("Hello!?", here.Session.State.Document.ToString());
    }

    [Fact]
    public async Task Notice_OfAnotherIncarnation_ChangesNothing()
    {
        await using var world = new World();
        using var here = await world.OpenAsync();
        var entry = (await here.Session.ReadAsync(0, 1, Cancellation))[0];

        world.Notices.Publish(new CommitNotice(Doc, "another", 2, [entry with { Revision = 2, OperationId = "x" }]));

        Assert.Equal(2, await here.Session.SubmitAsync(Edit(1, """[5,"!"]""", "a")));
        Assert.Equal("Hello!", here.Session.State.Document.ToString());
    }

    [Fact]
    public async Task Commit_WhileASessionLoads_IsNotMissed()
    {
        await using var world = new World();
        using var here = await world.OpenAsync();
        using (await world.There.OpenAsync(Doc, Cancellation))
        {
        }

        // what is told between the following and the reading
        world.Notices.OnFollow = () => world.Notices.Publish(new CommitNotice(Doc, "incarnation", 2, []));
        await world.Fixture.AppendElsewhereAsync(1, """[5,"!"]""");
        await using var third = world.NewNode(new RecordingEvents());
        using var late = await third.OpenAsync(Doc, Cancellation);

        Assert.Equal("Hello!", late.Session.State.Document.ToString());
    }

    [Fact]
    public async Task Session_ThatLeftMemory_HearsNothingMore()
    {
        await using var world = new World();
        (await world.OpenAsync()).Dispose();
        await world.Fixture.Sessions.DrainAsync();
        await world.Here.DrainAsync();

        Assert.Equal(0, world.Notices.Followers);
    }

    /// <summary>Two nodes with one store: the first tells the fixture's events.</summary>
    private sealed class World : IAsyncDisposable
    {
        public World()
        {
            Here = NewNode(Fixture.Events, Fixture.Log);
            There = NewNode(new RecordingEvents());
        }

        public SessionFixture Fixture { get; } = new();

        public HeldNotices Notices { get; } = new();

        public DocumentSessions Here { get; }

        public DocumentSessions There { get; }

        public DocumentSessions NewNode(IDocumentEvents events, IOperationLog? log = null) => new(
            log ?? Fixture.Store, Fixture.Store, events, new SessionOptions(), Fixture.Time, NullLogger<DocumentSessions>.Instance, notices: Notices);

        public async Task<Leases.Lease<DocumentSession>> OpenAsync()
        {
            (await Fixture.OpenAsync("Hello")).Dispose();
            return await Here.OpenAsync(Doc, Cancellation);
        }

        public async ValueTask DisposeAsync()
        {
            await Here.DisposeAsync();
            await There.DisposeAsync();
            await Fixture.DisposeAsync();
        }
    }

    /// <summary>Hands notices to all nodes, the one that published included, or holds them.</summary>
    private sealed class HeldNotices : ICommitNotices
    {
        private readonly List<Action<CommitNotice>> _followers = [];
        private readonly List<CommitNotice> _held = [];

        public bool IsHolding { get; set; }

        public Action? OnFollow { get; set; }

        public int Followers => _followers.Count;

        public void Publish(CommitNotice notice)
        {
            Action<CommitNotice>[] followers;
            lock (_held)
            {
                if (IsHolding)
                    _held.Add(notice);
                followers = IsHolding ? [] : [.. _followers];
            }

            foreach (var follower in followers)
                follower(notice);
        }

        public List<CommitNotice> Take()
        {
            lock (_held)
                return [.. _held];
        }

        public ValueTask<IDisposable> FollowAsync(string documentId, Action<CommitNotice> onNotice)
        {
            lock (_held)
                _followers.Add(onNotice);
            OnFollow?.Invoke();
            return new ValueTask<IDisposable>(new Following(this, onNotice));
        }

        private sealed class Following(HeldNotices notices, Action<CommitNotice> onNotice) : IDisposable
        {
            public void Dispose()
            {
                lock (notices._held)
                    notices._followers.Remove(onNotice);
            }
        }
    }
}
