using RealtimeCollab.OperationalTransform;
using RealtimeCollab.Sessions.Documents;
using RealtimeCollab.Sessions.Storage;
using RealtimeCollab.Sessions.Tests.Support;
using static RealtimeCollab.Sessions.Tests.Support.SessionFixture;

namespace RealtimeCollab.Sessions.Tests.Documents;

public sealed class LifetimeTests
{
    private static readonly TimeSpan Grace = new SessionOptions().EvictionGrace;

    [Fact]
    public async Task Open_OfAnUnknownDocument_IsRefusedAndLeavesNothing()
    {
        await using var fixture = new SessionFixture();

        await RefusedAsync(fixture.Sessions.OpenAsync(Doc, TestContext.Current.CancellationToken).AsTask(), CollabError.DocumentNotFound);

        Assert.Equal(0, fixture.Sessions.Count);
    }

    [Fact]
    public async Task Open_ManyAtOnce_ShareOneLoad()
    {
        await using var fixture = new SessionFixture();
        (await fixture.OpenAsync("Hello")).Dispose();
        await fixture.RestartAsync();
        var reads = fixture.Log.Reads;

        var leases = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => fixture.OpenAsync()));

        Assert.Single(leases.Select(lease => lease.Session.SessionId).Distinct());
        Assert.Equal(reads + 1, fixture.Log.Reads);
    }

    [Fact]
    public async Task Open_OfADocumentThatWasDeletedAndMadeAnewElsewhere_LetsTheOldSessionGo()
    {
        await using var fixture = new SessionFixture();
        var cancellation = TestContext.Current.CancellationToken;
        using var old = await fixture.OpenAsync("old");
        await fixture.Store.DeleteAsync(Doc, "incarnation", deletedBy: null, fixture.Time.GetUtcNow(), cancellation);
        var first = new NewEntry("client", "first", TextOperation.Replace(0, 0, 0, "new"));
        var head = await fixture.Store.CreateAsync(new NewDocument(Doc, "another", ContentType.Text, "owner", fixture.Time.GetUtcNow()), first, cancellation);

        using var lease = await fixture.Sessions.OpenAsync(head, cancellation);

        Assert.Equal("new", lease.Session.State.Document.ToString());
        Assert.Equal(4, await lease.Session.SubmitAsync(Edit(3, """[3,"!"]""", "a")));
        await RefusedAsync(old.Session.SubmitAsync(Edit(1, """[3,"?"]""", "b")), CollabError.DocumentNotFound);
        old.Dispose();
        Assert.Equal("new!", lease.Session.State.Document.ToString());
        Assert.Equal(1, fixture.Sessions.Count);
    }

    [Fact]
    public async Task Open_WhileTheStoreIsDown_IsRefusedAndTriedAgainByTheNext()
    {
        await using var fixture = new SessionFixture();
        (await fixture.OpenAsync("Hello")).Dispose();
        await fixture.RestartAsync();
        fixture.Log.IsDown = true;
        await RefusedAsync(fixture.OpenAsync(), CollabError.StoreUnavailable);

        fixture.Log.IsDown = false;

        using var lease = await fixture.OpenAsync();
        Assert.Equal("Hello", lease.Session.State.Document.ToString());
    }

    [Fact]
    public async Task Create_ByTwoAtOnce_KeepsOneInitialText()
    {
        await using var fixture = new SessionFixture();

        var leases = await Task.WhenAll(fixture.OpenAsync("one"), fixture.OpenAsync("two"));

        Assert.Same(leases[0].Session, leases[1].Session);
        Assert.Equal(1, leases[0].Session.State.Revision);
        Assert.Contains(leases[0].Session.State.Document.ToString(), new[] { "one", "two" });
    }

    [Fact]
    public async Task Session_WithoutLeases_LeavesAfterTheGracePeriod()
    {
        await using var fixture = new SessionFixture();
        (await fixture.OpenAsync("Hello")).Dispose();

        fixture.Time.Advance(Grace - TimeSpan.FromTicks(1));
        Assert.Equal(1, fixture.Sessions.Count);
        fixture.Time.Advance(TimeSpan.FromTicks(1));

        Assert.Equal(0, fixture.Sessions.Count);
    }

    [Fact]
    public async Task Session_LeasedAgainInTime_Stays()
    {
        await using var fixture = new SessionFixture();
        var first = await fixture.OpenAsync("Hello");
        first.Dispose();
        first.Dispose();
        fixture.Time.Advance(Grace / 2);

        using var second = await fixture.OpenAsync();
        fixture.Time.Advance(Grace * 3);

        Assert.Same(first.Session, second.Session);
        Assert.Equal(1, fixture.Sessions.Count);
    }

    [Fact]
    public async Task Session_WithQueuedWork_IsNotEvictedBeforeItIsDone()
    {
        await using var fixture = new SessionFixture();
        var lease = await fixture.OpenAsync("Hello");
        var release = fixture.Log.HoldAppends();
        var submitted = lease.Session.SubmitAsync(Edit(1, """[5,"!"]""", "a"));
        lease.Dispose();

        fixture.Time.Advance(Grace * 2);
        Assert.Equal(1, fixture.Sessions.Count);
        release();
        Assert.Equal(2, await submitted);
        await fixture.Events.WaitForAsync(1);
        await SubmissionTests.WaitUntilAsync(() =>
        {
            fixture.Time.Advance(Grace);
            return fixture.Sessions.Count == 0;
        });
    }

    [Fact]
    public async Task Session_WithUnsentMessages_IsNotEvictedBeforeTheyAreOut()
    {
        await using var fixture = new SessionFixture();
        var lease = await fixture.OpenAsync("Hello");
        var gate = new TaskCompletionSource();
        fixture.Events.BeforeEach = () => gate.Task;
        await lease.Session.SubmitAsync(Edit(1, """[5,"!"]""", "a"));
        lease.Dispose();

        fixture.Time.Advance(Grace * 2);
        Assert.Equal(1, fixture.Sessions.Count);
        gate.SetResult();

        await fixture.Events.WaitForAsync(1);
    }

    [Fact]
    public async Task Call_ThatMeetsAnEvictedSession_OpensANewOne()
    {
        await using var fixture = new SessionFixture();
        var first = await fixture.OpenAsync("Hello");
        await first.Session.SubmitAsync(Edit(1, """[5,"!"]""", "a"));
        first.Dispose();
        await SubmissionTests.WaitUntilAsync(() =>
        {
            fixture.Time.Advance(Grace);
            return fixture.Sessions.Count == 0;
        });

        using var second = await fixture.OpenAsync();

        Assert.NotEqual(first.Session.SessionId, second.Session.SessionId);
        Assert.Equal(3, await second.Session.SubmitAsync(Edit(2, """[6,"!"]""", "b")));
        Assert.Equal("Hello!!", second.Session.State.Document.ToString());
    }

    [Fact]
    public async Task Drain_SeesQueuedWorkThroughAndTakesNoMore()
    {
        await using var fixture = new SessionFixture();
        using var lease = await fixture.OpenAsync("Hello");
        var release = fixture.Log.HoldAppends();
        var submitted = lease.Session.SubmitAsync(Edit(1, """[5,"!"]""", "a"));
        var drained = fixture.Sessions.DrainAsync();

        await RefusedAsync(lease.Session.SubmitAsync(Edit(1, """[5,"?"]""", "b")), CollabError.ServerDraining);
        await RefusedAsync(fixture.OpenAsync(), CollabError.ServerDraining);
        release();

        Assert.Equal(2, await submitted);
        await drained;
        Assert.Equal(["operations 2:a"], fixture.Events.Heard);
    }

    [Fact]
    public async Task Snapshot_IsStoredAfterEnoughRevisionsAndShortensTheNextOpening()
    {
        await using var fixture = new SessionFixture(new SessionOptions { SnapshotEveryRevisions = 5 });
        using (var lease = await fixture.OpenAsync("x"))
        {
            for (var i = 1; i <= 7; i++)
                await lease.Session.SubmitAsync(Edit(i, """["y"]""", $"op{i}"));
        }

        await fixture.RestartAsync();
        var snapshot = await fixture.Store.FindAsync(Doc, "incarnation", long.MaxValue, TestContext.Current.CancellationToken);
        Assert.NotNull(snapshot);
        Assert.InRange(snapshot.Revision, 5, 8);
        var content = Document.ParseContent(snapshot.Content.Span).ToString();
        Assert.Equal(new string('y', (int)snapshot.Revision - 1) + "x", content);

        using var again = await fixture.OpenAsync();
        Assert.Equal("yyyyyyyx", again.Session.State.Document.ToString());
    }

    [Fact]
    public async Task Publisher_ThatFails_DoesNotStopWhatComesAfter()
    {
        await using var fixture = new SessionFixture();
        using var lease = await fixture.OpenAsync("Hello");
        var calls = 0;
        fixture.Events.BeforeEach = () => ++calls == 1 ? throw new InvalidOperationException("The backplane is gone.") : Task.CompletedTask;

        await lease.Session.SubmitAsync(Edit(1, """[5,"!"]""", "a"));
        await lease.Session.SubmitAsync(Edit(2, """[6,"!"]""", "b"));

        Assert.Equal(["operations 3:b"], await fixture.Events.WaitForAsync(1));
    }

    [Fact]
    public async Task Publisher_ThatIsSlow_DoesNotHoldTheTurn()
    {
        await using var fixture = new SessionFixture(new SessionOptions { OutboxCapacity = 4 });
        using var lease = await fixture.OpenAsync("Hello");
        var gate = new TaskCompletionSource();
        fixture.Events.BeforeEach = () => gate.Task;

        for (var i = 1; i <= 20; i++)
            Assert.Equal(i + 1, await lease.Session.SubmitAsync(Edit(i, """["y"]""", $"op{i}")));
        gate.SetResult();

        // the outbox held what it could; the rest is in the log, where clients find it
        var heard = await fixture.Events.WaitForAsync(4);
        Assert.Equal("operations 2:op1", heard[0]);
        Assert.Equal(20, (await lease.Session.ReadAsync(1, 100, TestContext.Current.CancellationToken)).Count);
    }
}
