using RealtimeCollab.Sessions.Documents;
using RealtimeCollab.Sessions.Leases;
using RealtimeCollab.Sessions.Storage;
using RealtimeCollab.Sessions.Tests.Support;
using static RealtimeCollab.Sessions.Tests.Support.SessionFixture;

namespace RealtimeCollab.Sessions.Tests.Documents;

/// <summary>What a session does about things that other nodes did meanwhile. The simulation found each of these.</summary>
public sealed class OtherNodesTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Resume_FromARevisionOfAnotherNode_ReadsOnInTheLog()
    {
        await using var fixture = new SessionFixture();
        using var lease = await fixture.OpenAsync("Hello");
        await fixture.AppendElsewhereAsync(1, """[5,"!"]""", """[6,"?"]""");

        var resume = await lease.Session.ResumeAsync(2, Cancellation);

        Assert.Equal(3, resume.Revision);
        Assert.Null(resume.Snapshot);
        Assert.Equal(3, Assert.Single(resume.Entries).Revision);
        Assert.Empty(await lease.Session.ReadAsync(3, 10, Cancellation));
        Assert.Equal(["operations 2:far2 3:far3"], await fixture.Events.WaitForAsync("operations", 1));
    }

    [Fact]
    public async Task CatchUp_ToARevisionThatNobodyCommitted_IsRefused()
    {
        await using var fixture = new SessionFixture();
        using var lease = await fixture.OpenAsync("Hello");

        await RefusedAsync(lease.Session.CatchUpAsync(2), CollabError.RevisionAhead);
    }

    [Fact]
    public async Task Submission_AfterAnotherNodeCompactedWhatIsMissing_GoesOnFromTheSnapshot()
    {
        await using var fixture = new SessionFixture();
        using var lease = await fixture.OpenAsync("Hello");
        await fixture.AppendElsewhereAsync(1, """[5,"!"]""", """[6,"?"]""");
        await fixture.Store.SaveAsync(new StoredSnapshot(Doc, "incarnation", 3, "\"Hello!?\""u8.ToArray(), fixture.Time.GetUtcNow()), Cancellation);
        await fixture.Store.CompactAsync(Doc, "incarnation", 3, Cancellation);

        await RefusedAsync(lease.Session.SubmitAsync(Edit(1, """["old ",5]""", "too old")), CollabError.RevisionTooOld);

        Assert.Equal(4, await lease.Session.SubmitAsync(Edit(3, """["> ",7]""", "a")));
        Assert.Equal("> Hello!?", lease.Session.State.Document.ToString());
    }

    [Fact]
    public async Task Resend_ThatAnotherNodeCommitted_IsAnsweredEvenWhenNoMoreRacesMayBeLost()
    {
        await using var fixture = new SessionFixture(new SessionOptions { MaxAppendConflicts = 0 });
        using var lease = await fixture.OpenAsync("Hello");
        var edit = Edit(1, """[5,"!"]""", "a");
        var entry = new LogEntry
        {
            Revision = 2,
            ClientId = edit.ClientId,
            UserId = edit.UserId,
            OperationId = edit.OperationId,
            Operation = edit.Operation,
            Timestamp = fixture.Time.GetUtcNow(),
        };
        await fixture.Store.AppendAsync(new AppendBatch(Doc, "incarnation", 1, [entry]), Cancellation);

        Assert.Equal(2, await lease.Session.SubmitAsync(edit));
    }

    [Fact]
    public async Task Create_BesideALoadThatBeganBefore_OpensWhatItCreated()
    {
        await using var fixture = new SessionFixture();
        var slow = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Task<Lease<DocumentSession>>? other = null;
        fixture.Log.BeforeCreate = () =>
        {
            fixture.Log.AfterFind = () => slow.Task;
            other = fixture.Sessions.OpenAsync(Doc, Cancellation).AsTask();
        };

        var creating = fixture.OpenAsync("Hello");
        fixture.Log.AfterFind = null;
        slow.SetResult();

        using var lease = await creating;
        Assert.Equal("Hello", lease.Session.State.Document.ToString());
        await RefusedAsync(other!, CollabError.DocumentNotFound);
    }

    [Fact]
    public async Task Drain_WhileALoadFails_EndsAllTheSame()
    {
        await using var fixture = new SessionFixture();
        (await fixture.OpenAsync("Hello")).Dispose();
        await fixture.RestartAsync();
        var slow = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        fixture.Log.AfterFind = () => slow.Task;
        var opening = fixture.OpenAsync();

        var draining = fixture.Sessions.DrainAsync();
        slow.SetException(CollabException.StoreUnavailable(null));

        await draining;
        await RefusedAsync(opening, CollabError.StoreUnavailable);
    }
}
