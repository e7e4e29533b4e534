using RealtimeCollab.Sessions.Documents;
using RealtimeCollab.Sessions.Storage;
using RealtimeCollab.Sessions.Storage.Access;
using RealtimeCollab.Sessions.Storage.Memory;
using RealtimeCollab.Sessions.Tests.Support;
using static RealtimeCollab.Sessions.Tests.Support.SessionFixture;

namespace RealtimeCollab.Sessions.Tests.Documents;

/// <summary>The turn asks who may still edit, and the append is compared with what it was told.</summary>
public sealed class AuthorizationTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Author_WhoLostTheRightBeforeTheTurn_IsRefusedAlone()
    {
        await using var fixture = new SessionFixture();
        using var lease = await fixture.OpenAsync("Hello");
        var eve = new Actor();
        var release = fixture.Log.HoldAppends();
        var first = lease.Session.SubmitAsync(Edit(1, """[5,"!"]""", "a"));
        var hers = lease.Session.SubmitAsync(Edit(1, """["x",5]""", "b", "eve") with { Actor = eve });
        var his = lease.Session.SubmitAsync(Edit(1, """["y",5]""", "c", "bob") with { Actor = new Actor() });
        eve.MayEdit = false;
        release();

        Assert.Equal(2, await first);
        await RefusedAsync(hers, CollabError.PermissionDenied);
        Assert.Equal(3, await his);
        Assert.Equal("yHello!", lease.Session.State.Document.ToString());
    }

    [Fact]
    public async Task Author_WhoLosesTheRightDuringTheAppend_CommitsNothing()
    {
        await using var fixture = new SessionFixture();
        using var lease = await fixture.OpenAsync("Hello");
        var members = new MemoryMembershipStore(fixture.Store);
        await members.SetAsync(Doc, "incarnation", "eve", MemberRole.Editor, membershipVersion: null, Cancellation);
        var eve = new Actor(async version => version >= 0 && await members.FindRoleAsync(Doc, "incarnation", "eve", Cancellation) >= MemberRole.Editor);
        fixture.Log.BeforeAppend = () =>
        {
            fixture.Log.BeforeAppend = null;
            members.SetAsync(Doc, "incarnation", "eve", MemberRole.Viewer, membershipVersion: null, Cancellation).AsTask().GetAwaiter().GetResult();
        };

        await RefusedAsync(lease.Session.SubmitAsync(Edit(1, """["x",5]""", "b", "eve") with { Actor = eve }), CollabError.PermissionDenied);

        Assert.Equal(1, (await fixture.Store.FindAsync(Doc, Cancellation))!.Revision);
        Assert.Equal(2, eve.Asked[^1]);
        Assert.Equal(2, await lease.Session.SubmitAsync(Edit(1, """[5,"!"]""", "a")));
    }

    [Fact]
    public async Task Resend_OfWhatWasCommittedBeforeTheRightWasLost_IsAnswered()
    {
        await using var fixture = new SessionFixture();
        using var lease = await fixture.OpenAsync("Hello");
        var eve = new Actor();
        var edit = Edit(1, """["x",5]""", "b", "eve") with { Actor = eve };
        await lease.Session.SubmitAsync(edit);
        eve.MayEdit = false;

        Assert.Equal(2, await lease.Session.SubmitAsync(edit));
    }

    [Fact]
    public async Task Actor_ThatCannotTell_RefusesItsOwnSubmissionOnly()
    {
        await using var fixture = new SessionFixture();
        using var lease = await fixture.OpenAsync("Hello");
        var unreachable = new Actor(_ => throw CollabException.StoreUnavailable(null));
        var broken = new Actor(_ => throw new InvalidOperationException("the application fails"));
        var slow = new Actor(_ => throw new TaskCanceledException("the application's HTTP client gave up"));

        var first = lease.Session.SubmitAsync(Edit(1, """["x",5]""", "a", "eve") with { Actor = unreachable });
        var second = lease.Session.SubmitAsync(Edit(1, """["y",5]""", "b", "eve") with { Actor = broken });
        var third = lease.Session.SubmitAsync(Edit(1, """["s",5]""", "c", "eve") with { Actor = slow });
        var fourth = lease.Session.SubmitAsync(Edit(1, """["z",5]""", "d", "bob"));

        await RefusedAsync(first, CollabError.StoreUnavailable);
        await RefusedAsync(second, CollabError.OperationFailed);
        await RefusedAsync(third, CollabError.OperationFailed);
        Assert.Equal(2, await fourth);
    }

    [Fact]
    public async Task Actors_WhoNeverAnswer_AreAskedTogetherAndRefusedAlone()
    {
        await using var fixture = new SessionFixture();
        using var lease = await fixture.OpenAsync("Hello");
        var gate = fixture.Log.Gate = new AppendGate();
        gate.Shut();
        using var asked = new CountdownEvent(5);
        var silent = Enumerable.Range(0, 5).Select(_ => new Actor(_ => NeverAsync(asked))).ToList();
        var theirs = silent.ConvertAll(actor => lease.Session.SubmitAsync(Edit(1, """["x",5]""", $"{silent.IndexOf(actor)}", "eve") with { Actor = actor }));
        var his = lease.Session.SubmitAsync(Edit(1, """["z",5]""", "b", "bob") with { Actor = new Actor() });
        gate.Open();
        // on a clock that stands still: nobody's answer is waited for before the next one is asked
        Assert.True(asked.Wait(TimeSpan.FromSeconds(30), Cancellation));

        await fixture.Time.AdvanceUntilAsync(his, TimeSpan.FromMilliseconds(100));

        Assert.Equal(2, await his);
        foreach (var submission in theirs)
            await RefusedAsync(submission, CollabError.OperationFailed);
        Assert.Equal("zHello", lease.Session.State.Document.ToString());
    }

    [Fact]
    public async Task Actor_WithSeveralSubmissionsInATurn_IsAskedOnce()
    {
        await using var fixture = new SessionFixture();
        using var lease = await fixture.OpenAsync("Hello");
        var gate = fixture.Log.Gate = new AppendGate();
        gate.Shut();
        var answer = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var eve = new Actor(_ =>
        {
            asked.TrySetResult();
            return new ValueTask<bool>(answer.Task);
        });
        var one = lease.Session.SubmitAsync(Edit(1, """["x",5]""", "b", "eve") with { Actor = eve });
        var two = lease.Session.SubmitAsync(Edit(1, """["y",5]""", "c", "eve") with { Actor = eve });
        gate.Open();
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancellation);
        answer.SetResult(false);

        await RefusedAsync(one, CollabError.PermissionDenied);
        await RefusedAsync(two, CollabError.PermissionDenied);
        Assert.Single(eve.Asked);
    }

    [Fact]
    public async Task Follow_OfHeadsThatAreAhead_ReadsOnAndTellsTheRoom()
    {
        await using var fixture = new SessionFixture();
        using var lease = await fixture.OpenAsync("Hello");
        await fixture.AppendElsewhereAsync(1, """[5,"!"]""");

        fixture.Sessions.Follow(await fixture.Store.FindAllAsync([Doc, "another"], Cancellation));

        Assert.Equal(["operations 2:far2"], await fixture.Events.WaitForAsync("operations", 1));
        Assert.Equal("Hello!", lease.Session.State.Document.ToString());
    }

    [Fact]
    public async Task Follow_WhileTheStoreFails_IsTriedAgainWithTheNextHeads()
    {
        await using var fixture = new SessionFixture();
        using var lease = await fixture.OpenAsync("Hello");
        await fixture.AppendElsewhereAsync(1, """[5,"!"]""");
        IReadOnlyList<DocumentHead> heads = [(await fixture.Store.FindAsync(Doc, Cancellation))!];
        fixture.Log.IsDown = true;
        fixture.Sessions.Follow(heads);
        await RefusedAsync(lease.Session.CatchUpAsync(2), CollabError.StoreUnavailable);
        fixture.Log.IsDown = false;

        fixture.Sessions.Follow(heads);

        Assert.Equal(["operations 2:far2"], await fixture.Events.WaitForAsync("operations", 1));
    }

    private static ValueTask<bool> NeverAsync(CountdownEvent asked)
    {
        asked.Signal();
        return new ValueTask<bool>(new TaskCompletionSource<bool>().Task);
    }

    private sealed class Actor(Func<long, ValueTask<bool>>? ask = null) : IDocumentActor
    {
        public bool MayEdit { get; set; } = true;

        public List<long> Asked { get; } = [];

        public ValueTask<bool> MayEditAsync(long membershipVersion, CancellationToken cancellationToken)
        {
            Asked.Add(membershipVersion);
            return ask?.Invoke(membershipVersion) ?? ValueTask.FromResult(MayEdit);
        }
    }
}
