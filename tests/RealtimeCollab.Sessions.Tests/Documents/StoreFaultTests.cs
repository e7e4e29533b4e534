using RealtimeCollab.Sessions.Documents;
using RealtimeCollab.Sessions.Tests.Support;
using static RealtimeCollab.Sessions.Tests.Support.SessionFixture;

namespace RealtimeCollab.Sessions.Tests.Documents;

public sealed class StoreFaultTests
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(100);

    [Fact]
    public async Task Append_ThatLosesTheRace_IsMovedOverTheOthersAndAppendedAgain()
    {
        await using var fixture = new SessionFixture();
        using var lease = await fixture.OpenAsync("Hello");
        await fixture.AppendElsewhereAsync(1, """["> ",5]""", """[7,"?"]""");

        Assert.Equal(4, await lease.Session.SubmitAsync(Edit(1, """[5,"!"]""", "a")));
        Assert.Equal("> Hello!?", lease.Session.State.Document.ToString());
        Assert.Equal(["operations 2:far2 3:far3", "operations 4:a"], await fixture.Events.WaitForAsync(2));
    }

    [Fact]
    public async Task Append_ThatAlwaysLoses_IsGivenUpAfterTheBound()
    {
        await using var fixture = new SessionFixture(new SessionOptions { MaxAppendConflicts = 3 });
        using var lease = await fixture.OpenAsync("Hello");
        var head = 1;
        fixture.Log.BeforeAppend = () =>
        {
            var operation = $"[\"x\",{4 + head}]";
            fixture.AppendElsewhereAsync(head++, operation).GetAwaiter().GetResult();
        };

        await RefusedAsync(lease.Session.SubmitAsync(Edit(1, """[5,"!"]""", "a")), CollabError.OperationFailed);

        Assert.Equal(4, fixture.Log.Appends.Count);
        fixture.Log.BeforeAppend = null;
        Assert.Equal(head + 1, await lease.Session.SubmitAsync(Edit(1, """[5,"!"]""", "a")));
    }

    [Fact]
    public async Task Append_ThatFailedAfterCommitting_IsRecognisedInTheLog()
    {
        await using var fixture = new SessionFixture();
        using var lease = await fixture.OpenAsync("Hello");
        fixture.Log.FailNextAppendsAfter = 1;

        Assert.Equal(2, await lease.Session.SubmitAsync(Edit(1, """[5,"!"]""", "a")));
        Assert.Equal("Hello!", lease.Session.State.Document.ToString());
        Assert.Single(fixture.Log.Appends);
        Assert.Equal(["operations 2:a"], await fixture.Events.WaitForAsync(1));
    }

    [Fact]
    public async Task Append_ThatFailedBeforeCommitting_IsAppendedAgain()
    {
        await using var fixture = new SessionFixture();
        using var lease = await fixture.OpenAsync("Hello");
        fixture.Log.FailNextAppendsBefore = 2;

        var submitted = lease.Session.SubmitAsync(Edit(1, """[5,"!"]""", "a"));
        await fixture.Time.AdvanceUntilAsync(submitted, Step);
        Assert.Equal(2, await submitted);
        Assert.Equal("Hello!", lease.Session.State.Document.ToString());
    }

    [Fact]
    public async Task Store_ThatStaysDown_IsReportedAfterPatience()
    {
        await using var fixture = new SessionFixture();
        using var lease = await fixture.OpenAsync("Hello");
        fixture.Log.IsDown = true;

        var submitted = lease.Session.SubmitAsync(Edit(1, """[5,"!"]""", "a"));
        await fixture.Time.AdvanceUntilAsync(Task.WhenAny(submitted), Step);

        await RefusedAsync(submitted, CollabError.StoreUnavailable);
        Assert.Equal("Hello", lease.Session.State.Document.ToString());
    }

    [Fact]
    public async Task Store_ThatReadsButDoesNotWrite_IsReportedAfterPatience()
    {
        await using var fixture = new SessionFixture(new SessionOptions { StorePatience = TimeSpan.FromSeconds(5) });
        using var lease = await fixture.OpenAsync("Hello");
        // a full disk, or a file that cannot be written
        fixture.Log.FailNextAppendsBefore = int.MaxValue;

        var submitted = lease.Session.SubmitAsync(Edit(1, """[5,"!"]""", "a"));
        await fixture.Time.AdvanceUntilAsync(Task.WhenAny(submitted), Step);

        await RefusedAsync(submitted, CollabError.StoreUnavailable);
        Assert.InRange(fixture.Log.Appends.Count, 2, 20);
        fixture.Log.FailNextAppendsBefore = 0;
        Assert.Equal(2, await lease.Session.SubmitAsync(Edit(1, """[5,"!"]""", "a")));
    }

    [Fact]
    public async Task Store_ThatComesBackInTime_TakesWhatWaited()
    {
        await using var fixture = new SessionFixture();
        using var lease = await fixture.OpenAsync("Hello");
        fixture.Log.IsDown = true;
        var submitted = lease.Session.SubmitAsync(Edit(1, """[5,"!"]""", "a"));
        await SubmissionTests.WaitUntilAsync(() => fixture.Time.ActiveTimers > 0);

        fixture.Log.IsDown = false;
        await fixture.Time.AdvanceUntilAsync(submitted, Step);

        Assert.Equal(2, await submitted);
    }

    [Fact]
    public async Task Resend_AfterAnUnknownOutcome_IsNeverASecondApplication()
    {
        await using var fixture = new SessionFixture();
        using var lease = await fixture.OpenAsync("Hello");
        // committed, but the answer is lost, and the log cannot be read for as long as the session is patient
        fixture.Log.FailNextAppendsAfter = 1;
        fixture.Log.BeforeAppend = () => fixture.Log.IsDown = true;
        var submitted = lease.Session.SubmitAsync(Edit(1, """[5,"!"]""", "a"));
        await fixture.Time.AdvanceUntilAsync(Task.WhenAny(submitted), Step);
        await RefusedAsync(submitted, CollabError.StoreUnavailable);

        fixture.Log.IsDown = false;
        fixture.Log.BeforeAppend = null;

        Assert.Equal(2, await lease.Session.SubmitAsync(Edit(1, """[5,"!"]""", "a")));
        Assert.Equal("Hello!", lease.Session.State.Document.ToString());
        Assert.Equal(["operations 2:a"], await fixture.Events.WaitForAsync(1));
    }

    [Fact]
    public async Task Document_DeletedUnderItsSession_RefusesSubmissions()
    {
        await using var fixture = new SessionFixture();
        using var lease = await fixture.OpenAsync("Hello");
        await fixture.Store.DeleteAsync(Doc, "incarnation", deletedBy: null, fixture.Time.GetUtcNow(), TestContext.Current.CancellationToken);

        await RefusedAsync(lease.Session.SubmitAsync(Edit(1, """[5,"!"]""", "a")), CollabError.DocumentNotFound);
    }
}
