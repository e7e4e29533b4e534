using RealtimeCollab.Sessions.Storage;
using RealtimeCollab.Sessions.Tests.Support;
using static RealtimeCollab.Sessions.Tests.Support.SessionFixture;

namespace RealtimeCollab.Sessions.Tests.Documents;

/// <summary>Who knows of a revision that the session does not have holds up nobody who writes.</summary>
public sealed class CatchUpTests
{
    private const long NeverCommitted = 1_000;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task CatchUps_ThatWaitTogether_AreServedByOneReading()
    {
        await using var fixture = new SessionFixture();
        using var lease = await fixture.OpenAsync("Hello");
        var gate = fixture.Log.Gate = new AppendGate();
        gate.Shut();
        var finds = fixture.Log.Finds;
        var waiting = Enumerable.Range(0, 50).Select(_ => lease.Session.CatchUpAsync(NeverCommitted)).ToList();
        gate.Open();

        foreach (var one in waiting)
            await RefusedAsync(one, CollabError.RevisionAhead);

        Assert.Equal(finds + 1, fixture.Log.Finds);
    }

    [Fact]
    public async Task CatchUps_ThatNeverEnd_LeaveSubmissionsTheirTurns()
    {
        await using var fixture = new SessionFixture();
        using var lease = await fixture.OpenAsync("Hello");
        // each reading finds the next one waiting already
        fixture.Log.AfterFind = () =>
        {
            _ = lease.Session.CatchUpAsync(NeverCommitted);
            return Task.CompletedTask;
        };
        _ = lease.Session.CatchUpAsync(NeverCommitted);

        var revision = await lease.Session.SubmitAsync(Edit(1, """[5,"!"]""", "a")).WaitAsync(TimeSpan.FromSeconds(30), Cancellation);

        fixture.Log.AfterFind = null;
        Assert.Equal(2, revision);
    }

    [Fact]
    public async Task CatchUp_WhoseReadingIsCancelledByTheStore_IsNoStop()
    {
        await using var fixture = new SessionFixture();
        using var lease = await fixture.OpenAsync("Hello");
        fixture.Log.AfterFind = static () => throw new TaskCanceledException("the store's own");

        await RefusedAsync(lease.Session.CatchUpAsync(2), CollabError.StoreUnavailable);
    }

    [Fact]
    public async Task EntryOfTheLog_ThatDoesNotFit_HasTheDocumentReadAnew()
    {
        await using var fixture = new SessionFixture();
        using var lease = await fixture.OpenAsync("Hello");
        await fixture.AppendElsewhereAsync(1, """[9,"!"]""");
        await fixture.Store.SaveAsync(new StoredSnapshot(Doc, "incarnation", 2, "\"Truth, be!\""u8.ToArray(), fixture.Time.GetUtcNow()), Cancellation);

        await lease.Session.CatchUpAsync(2);

        Assert.Equal("Truth, be!", lease.Session.State.Document.ToString());
        Assert.Equal(3, await lease.Session.SubmitAsync(Edit(2, """[10,"?"]""", "a")));
        Assert.Equal("Truth, be!?", lease.Session.State.Document.ToString());
    }
}
