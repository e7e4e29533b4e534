using RealtimeCollab.Sessions.Tests.Support;
using static RealtimeCollab.Sessions.Tests.Support.SessionFixture;

namespace RealtimeCollab.Sessions.Tests.Documents;

/// <summary>Operations that want to be the next one after what they were made for.</summary>
public sealed class ExclusiveTests
{
    [Fact]
    public async Task Exclusive_AtTheHead_IsCommitted_AndFoundWhenItIsSentAgain()
    {
        await using var fixture = new SessionFixture();
        using var lease = await fixture.OpenAsync("Hello");
        var edit = Edit(1, """[5,"!"]""", "a") with { IsExclusive = true };

        Assert.Equal(2, await lease.Session.SubmitAsync(edit));
        await lease.Session.SubmitAsync(Edit(2, """[6,"?"]""", "b"));
        Assert.Equal(2, await lease.Session.SubmitAsync(edit));
    }

    [Fact]
    public async Task Exclusive_BehindAnotherOfItsBatch_IsOvertaken()
    {
        await using var fixture = new SessionFixture();
        using var lease = await fixture.OpenAsync("Hello");
        var release = fixture.Log.HoldAppends();
        var first = lease.Session.SubmitAsync(Edit(1, """["0"]""", "first"));
        await SubmissionTests.WaitUntilAsync(() => fixture.Log.Appends.Count == 1);
        var winner = lease.Session.SubmitAsync(Edit(2, """[6,"1"]""", "winner") with { IsExclusive = true });
        var loser = lease.Session.SubmitAsync(Edit(2, """[6,"2"]""", "loser") with { IsExclusive = true });
        release();

        Assert.Equal((long[])[2, 3], await Task.WhenAll(first, winner));
        await RefusedAsync(loser, CollabError.Overtaken);
        Assert.Equal("0Hello1", lease.Session.State.Document.ToString());
    }

    [Fact]
    public async Task Exclusive_AfterAnotherNodesAppend_IsOvertaken_AndTheSessionHasGoneOn()
    {
        await using var fixture = new SessionFixture();
        using var lease = await fixture.OpenAsync("Hello");
        await fixture.AppendElsewhereAsync(1, """[5,"!"]""");

        await RefusedAsync(lease.Session.SubmitAsync(Edit(1, """[-5]""", "a") with { IsExclusive = true }), CollabError.Overtaken);

        Assert.Equal((2, "Hello!"), (lease.Session.State.Revision, lease.Session.State.Document.ToString()));
    }
}
