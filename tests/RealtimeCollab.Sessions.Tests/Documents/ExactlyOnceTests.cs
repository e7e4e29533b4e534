using RealtimeCollab.Sessions.Documents;
using RealtimeCollab.Sessions.Tests.Support;
using static RealtimeCollab.Sessions.Tests.Support.SessionFixture;

namespace RealtimeCollab.Sessions.Tests.Documents;

public sealed class ExactlyOnceTests
{
    [Fact]
    public async Task Resend_OfACommittedOperation_IsAnsweredWithItsFirstRevision()
    {
        await using var fixture = new SessionFixture();
        using var lease = await fixture.OpenAsync("Hello");
        await lease.Session.SubmitAsync(Edit(1, """[5,"!"]""", "a"));
        await lease.Session.SubmitAsync(Edit(1, """["> ",5]""", "b", "grace"));

        Assert.Equal(2, await lease.Session.SubmitAsync(Edit(1, """[5,"!"]""", "a")));
        Assert.Equal("> Hello!", lease.Session.State.Document.ToString());
    }

    [Fact]
    public async Task Resend_WithinOneBatch_IsAnsweredWithTheSameRevision()
    {
        await using var fixture = new SessionFixture();
        using var lease = await fixture.OpenAsync("Hello");
        var release = fixture.Log.HoldAppends();
        var first = lease.Session.SubmitAsync(Edit(1, """["0"]""", "first"));
        await SubmissionTests.WaitUntilAsync(() => fixture.Log.Appends.Count == 1);

        var one = lease.Session.SubmitAsync(Edit(1, """[5,"!"]""", "same", "grace"));
        var two = lease.Session.SubmitAsync(Edit(1, """[5,"!"]""", "same", "grace"));
        release();

        Assert.Equal((long[])[2, 3, 3], await Task.WhenAll(first, one, two));
        Assert.Equal("0Hello!", lease.Session.State.Document.ToString());
    }

    [Fact]
    public async Task SameOperationId_OfAnotherUser_IsAnotherOperation()
    {
        await using var fixture = new SessionFixture();
        using var lease = await fixture.OpenAsync("Hello");
        await lease.Session.SubmitAsync(Edit(1, """[5,"!"]""", "same", "ada"));

        Assert.Equal(3, await lease.Session.SubmitAsync(Edit(1, """[5,"?"]""", "same", "grace")));
    }

    [Fact]
    public async Task Resend_AfterARestart_IsAnsweredWithItsFirstRevision()
    {
        await using var fixture = new SessionFixture(new SessionOptions { SnapshotEveryRevisions = 2 });
        using (var lease = await fixture.OpenAsync("Hello"))
        {
            await lease.Session.SubmitAsync(Edit(1, """[5,"!"]""", "a"));
            await lease.Session.SubmitAsync(Edit(2, """[6,"?"]""", "b"));
        }

        await fixture.RestartAsync();
        using var again = await fixture.OpenAsync();

        // the snapshot is later than the operation: only the log knows it
        Assert.Equal(2, await again.Session.SubmitAsync(Edit(1, """[5,"!"]""", "a")));
        Assert.Equal("Hello!?", again.Session.State.Document.ToString());
    }

    [Fact]
    public async Task Resend_OlderThanMemory_IsFoundInTheLog()
    {
        await using var fixture = new SessionFixture(new SessionOptions { RecentOperations = 4 });
        using var lease = await fixture.OpenAsync("x");
        for (var i = 1; i <= 10; i++)
            await lease.Session.SubmitAsync(Edit(i, """["y"]""", $"op{i}"));

        Assert.Equal(2, await lease.Session.SubmitAsync(Edit(1, """["y"]""", "op1")));
        Assert.Equal(11, lease.Session.State.Revision);
    }

    [Fact]
    public async Task Submit_OlderThanMemory_IsMovedOverTheLog()
    {
        await using var fixture = new SessionFixture(new SessionOptions { RecentOperations = 4 });
        using var lease = await fixture.OpenAsync("x");
        for (var i = 1; i <= 10; i++)
            await lease.Session.SubmitAsync(Edit(i, """["y"]""", $"op{i}"));

        Assert.Equal(12, await lease.Session.SubmitAsync(Edit(1, """[1,"!"]""", "late", "grace")));
        Assert.Equal("yyyyyyyyyyx!", lease.Session.State.Document.ToString());
    }

    [Fact]
    public async Task Submit_OlderThanMemoryAndPastTheEnd_IsRefused()
    {
        await using var fixture = new SessionFixture(new SessionOptions { RecentOperations = 4 });
        using var lease = await fixture.OpenAsync("x");
        for (var i = 1; i <= 10; i++)
            await lease.Session.SubmitAsync(Edit(i, """["y"]""", $"op{i}"));

        await RefusedAsync(lease.Session.SubmitAsync(Edit(1, """[2,"!"]""", "late", "grace")), CollabError.InvalidOperation);
    }

    [Fact]
    public async Task Submit_OlderThanMemory_DoesNotHoldTheOthers()
    {
        await using var fixture = new SessionFixture(new SessionOptions { RecentOperations = 4 });
        using var lease = await fixture.OpenAsync("x");
        for (var i = 1; i <= 10; i++)
            await lease.Session.SubmitAsync(Edit(i, """["y"]""", $"op{i}"));

        var readsBefore = fixture.Log.Reads;
        var far = lease.Session.SubmitAsync(Edit(1, """[1,"!"]""", "late", "grace"));
        var near = lease.Session.SubmitAsync(Edit(11, """["z"]""", "near", "joan"));

        Assert.Equal((long[])[12, 13], new[] { await far, await near }.Order());
        Assert.True(fixture.Log.Reads > readsBefore);
    }

    [Fact]
    public async Task Submit_BeyondTheRebaseDistance_IsTooOldAndNeverASecondApplication()
    {
        await using var fixture = new SessionFixture(new SessionOptions { RecentOperations = 4, MaxRebaseDistance = 5 });
        using var lease = await fixture.OpenAsync("x");
        for (var i = 1; i <= 10; i++)
            await lease.Session.SubmitAsync(Edit(i, """["y"]""", $"op{i}"));

        await RefusedAsync(lease.Session.SubmitAsync(Edit(1, """["y"]""", "op1")), CollabError.RevisionTooOld);
        Assert.Equal(11, lease.Session.State.Revision);
    }
}
