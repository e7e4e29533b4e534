using RealtimeCollab.OperationalTransform;
using RealtimeCollab.Sessions.Documents;
using RealtimeCollab.Sessions.Storage;
using RealtimeCollab.Sessions.Tests.Support;
using static RealtimeCollab.Sessions.Tests.Support.SessionFixture;

namespace RealtimeCollab.Sessions.Tests.Documents;

public sealed class SubmissionTests
{
    [Fact]
    public async Task Submit_AtTheHead_IsCommittedAndVisible()
    {
        await using var fixture = new SessionFixture();
        using var lease = await fixture.OpenAsync("Hello");

        var revision = await lease.Session.SubmitAsync(Edit(1, """[5,"!"]""", "a"));

        Assert.Equal(2, revision);
        Assert.Equal("Hello!", lease.Session.State.Document.ToString());
        Assert.Equal(2, lease.Session.State.Revision);
        Assert.Equal("operations 2:a", (await fixture.Events.WaitForAsync(1))[^1]);
    }

    [Fact]
    public async Task Submit_OnAnOlderRevision_IsMovedOverWhatCameSince()
    {
        await using var fixture = new SessionFixture();
        using var lease = await fixture.OpenAsync("Hello");

        await lease.Session.SubmitAsync(Edit(1, """["> ",5]""", "a"));
        await lease.Session.SubmitAsync(Edit(1, """[5,"!"]""", "b", "grace"));

        Assert.Equal("> Hello!", lease.Session.State.Document.ToString());
    }

    [Fact]
    public async Task Submit_ThatEndsEarly_IsCompletedAtItsBaseRevision()
    {
        await using var fixture = new SessionFixture();
        using var lease = await fixture.OpenAsync("Hello");
        await lease.Session.SubmitAsync(Edit(1, """[5," world"]""", "a"));

        await lease.Session.SubmitAsync(Edit(1, """["Oh. "]""", "b", "grace"));

        Assert.Equal("Oh. Hello world", lease.Session.State.Document.ToString());
    }

    [Theory]
    [InlineData("""[6,"!"]""", "base-length")]
    [InlineData("""[-9]""", "base-length")]
    [InlineData("""[4,"!"]""", "split-surrogate")]
    [InlineData("""[3,-1]""", "split-surrogate")]
    [InlineData("""[{"retain":1,"attributes":{"bold":true}}]""", "plain-text")]
    [InlineData("""[{"insert":{"image":"a.png"}}]""", "plain-text")]
    public async Task Submit_ThatDoesNotFit_IsRefusedAndChangesNothing(string operation, string reason)
    {
        await using var fixture = new SessionFixture();
        using var lease = await fixture.OpenAsync("abc😀");

        var refusal = await RefusedAsync(lease.Session.SubmitAsync(Edit(1, operation, "bad")), CollabError.InvalidOperation);

        Assert.Equal(reason, refusal.Details);
        Assert.Equal((1, "abc😀"), (lease.Session.State.Revision, lease.Session.State.Document.ToString()));
        Assert.Equal(2, await lease.Session.SubmitAsync(Edit(1, """[5,"."]""", "good")));
    }

    [Fact]
    public async Task Submit_RichOperationInRichText_IsCommitted()
    {
        await using var fixture = new SessionFixture();
        using var lease = await fixture.OpenAsync("ab", ContentType.RichText);

        Assert.Equal(2, await lease.Session.SubmitAsync(Edit(1, """[{"retain":1,"attributes":{"bold":true}}]""", "a")));
        Assert.True(lease.Session.State.Document.IsRich);
    }

    [Fact]
    public async Task Submit_AheadOfTheHead_IsRefused()
    {
        await using var fixture = new SessionFixture();
        using var lease = await fixture.OpenAsync("Hello");

        await RefusedAsync(lease.Session.SubmitAsync(Edit(2, """[5,"!"]""", "a")), CollabError.RevisionAhead);
    }

    [Fact]
    public async Task Submit_AheadOfThisNode_WaitsForTheLog()
    {
        await using var fixture = new SessionFixture();
        using var lease = await fixture.OpenAsync("Hello");
        await fixture.AppendElsewhereAsync(1, """[5," there"]""");

        Assert.Equal(3, await lease.Session.SubmitAsync(Edit(2, """[11,"!"]""", "a")));
        Assert.Equal("Hello there!", lease.Session.State.Document.ToString());
    }

    [Fact]
    public async Task Submit_BeyondTheDocumentLimit_IsRefusedButShrinkingIsNot()
    {
        await using var fixture = new SessionFixture(new SessionOptions { MaxDocumentLength = 6 });
        using var lease = await fixture.OpenAsync("Hello");

        await RefusedAsync(lease.Session.SubmitAsync(Edit(1, """[5,"!!"]""", "a")), CollabError.DocumentTooLarge);
        Assert.Equal(2, await lease.Session.SubmitAsync(Edit(1, """[5,"!"]""", "b")));
        Assert.Equal(3, await lease.Session.SubmitAsync(Edit(2, """[-6]""", "c")));
    }

    [Fact]
    public async Task Submit_OfFormatsBeyondTheLimit_IsRefusedAloneInItsBatchButTakingThemAwayIsNot()
    {
        await using var fixture = new SessionFixture(new SessionOptions { MaxFormatWeight = 100 });
        using var lease = await fixture.OpenAsync("Hello", ContentType.RichText);
        var release = fixture.Log.HoldAppends();
        var first = lease.Session.SubmitAsync(Edit(1, """["a"]""", "a"));
        // the link weighs 92 where it is, and as much again behind what divides it
        var link = lease.Session.SubmitAsync(Edit(1, $$$"""[{"retain":5,"attributes":{"link":"{{{new string('x', 80)}}}"}}]""", "b"));
        var bold = lease.Session.SubmitAsync(Edit(1, """[{"retain":5,"attributes":{"bold":true}}]""", "c"));
        var dividing = lease.Session.SubmitAsync(Edit(1, """[2,"-"]""", "d"));
        var embed = lease.Session.SubmitAsync(Edit(1, """[{"insert":{"image":"a.png"}}]""", "e"));
        var last = lease.Session.SubmitAsync(Edit(1, """[5,"!"]""", "f"));
        release();
        await Task.WhenAll(first, link, last);

        foreach (var refused in new[] { bold, dividing, embed })
            Assert.Equal("formats", (await Assert.ThrowsAsync<CollabException>(() => refused)).Details);
        await RefusedAsync(bold, CollabError.DocumentTooLarge);
        Assert.Equal((4, "aHello!"), (lease.Session.State.Revision, lease.Session.State.Document.ToString()));
        Assert.Equal(92, lease.Session.State.Document.FormatWeight);

        Assert.Equal(5, await lease.Session.SubmitAsync(Edit(4, """[1,{"retain":5,"attributes":{"link":null}}]""", "g")));
        Assert.Equal(6, await lease.Session.SubmitAsync(Edit(5, """[1,{"retain":5,"attributes":{"bold":true}}]""", "h")));
    }

    [Fact]
    public async Task Submit_BeyondTheWaitingLimit_IsRefusedUntilSomeAreDone()
    {
        await using var fixture = new SessionFixture(new SessionOptions { MaxWaitingSubmissions = 2 });
        using var lease = await fixture.OpenAsync("Hello");
        var release = fixture.Log.HoldAppends();
        var first = lease.Session.SubmitAsync(Edit(1, """["a"]""", "a"));
        var second = lease.Session.SubmitAsync(Edit(1, """["b"]""", "b"));

        var refusal = await Assert.ThrowsAsync<CollabException>(() => lease.Session.SubmitAsync(Edit(1, """["c"]""", "c")));
        release();
        await Task.WhenAll(first, second);

        Assert.Equal(CollabError.RateLimited, refusal.Error);
        Assert.Equal(4, await lease.Session.SubmitAsync(Edit(1, """["c"]""", "c")));
    }

    [Fact]
    public async Task Submit_OneBadInABatch_LeavesTheOthers()
    {
        await using var fixture = new SessionFixture();
        using var lease = await fixture.OpenAsync("Hello");
        var release = fixture.Log.HoldAppends();
        var first = lease.Session.SubmitAsync(Edit(1, """["0"]""", "first"));
        await WaitUntilAsync(() => fixture.Log.Appends.Count == 1);

        var good = lease.Session.SubmitAsync(Edit(1, """[5,"1"]""", "good", "grace"));
        var bad = lease.Session.SubmitAsync(Edit(1, """[99]""", "bad", "eve"));
        var late = lease.Session.SubmitAsync(Edit(1, """[5,"2"]""", "late", "joan"));
        release();

        Assert.Equal((long[])[2, 3, 4], await Task.WhenAll(first, good, late));
        await RefusedAsync(bad, CollabError.InvalidOperation);
        Assert.Equal("0Hello21", lease.Session.State.Document.ToString());
        // what waited while one append was under way went into the log with the next
        Assert.Equal([1, 2], fixture.Log.Appends.Select(batch => batch.Entries.Count));
    }

    [Fact]
    public async Task Submit_WhileTheStoreWritesForOthers_GoesIntoOneBatchWithWhateverElseArrives()
    {
        await using var fixture = new SessionFixture();
        using var lease = await fixture.OpenAsync("Hello");
        var gate = fixture.Log.Gate = new AppendGate();
        gate.Shut();

        var first = lease.Session.SubmitAsync(Edit(1, """["0"]""", "first"));
        await WaitUntilAsync(() => gate.Waiting == 1);
        var second = lease.Session.SubmitAsync(Edit(1, """[5,"1"]""", "second", "grace"));
        Assert.Equal(1, gate.Open());

        Assert.Equal((long[])[2, 3], await Task.WhenAll(first, second));
        Assert.Equal([2], fixture.Log.Appends.Select(batch => batch.Entries.Count));
    }

    [Fact]
    public async Task Submit_WhileAppending_ShowsNothingYet()
    {
        await using var fixture = new SessionFixture();
        using var lease = await fixture.OpenAsync("Hello");
        var release = fixture.Log.HoldAppends();

        var submitted = lease.Session.SubmitAsync(Edit(1, """[5,"!"]""", "a"));
        await WaitUntilAsync(() => fixture.Log.Appends.Count == 1);

        Assert.Equal("Hello", lease.Session.State.Document.ToString());
        Assert.Empty(fixture.Events.Heard);
        release();
        Assert.Equal(2, await submitted);
    }

    internal static async Task WaitUntilAsync(Func<bool> condition)
    {
        for (var turns = 0; !condition(); turns++)
        {
            Assert.True(turns < 10_000_000, "What the test waits for does not happen.");
            await Task.Yield();
        }
    }
}
