using RealtimeCollab.Sessions.Chat;
using static RealtimeCollab.Sessions.Tests.Chat.ChatFixture;

namespace RealtimeCollab.Sessions.Tests.Chat;

/// <summary>Whatever is sent again, and whatever the store does, a message is stored once, told once, and answered.</summary>
public sealed class ExactlyOnceTests
{
    [Fact]
    public async Task Post_SentAgain_IsTheSameMessage()
    {
        await using var fixture = new ChatFixture();
        using var lease = await fixture.OpenAsync();
        var first = await lease.Session.ExecuteAsync(Post("m1"), fixture.As("ada"));

        var again = await lease.Session.ExecuteAsync(Post("m1", "other text"), fixture.As("ada"));
        var ofAnother = await lease.Session.ExecuteAsync(Post("m1"), fixture.As("bob"));

        Assert.Equal((first.MessageId, 1L, "Hello"), (again.MessageId, again.Sequence, again.Content));
        Assert.Equal(2, ofAnother.Sequence);
        Assert.Equal(["1 Posted 1:m1", "2 Posted 2:m1"], await fixture.Events.WaitForAsync(2));
    }

    [Fact]
    public async Task Post_TwiceInOneTurn_IsOneMessage()
    {
        await using var fixture = new ChatFixture();
        using var lease = await fixture.OpenAsync();
        var release = fixture.Messages.HoldAppends();
        var before = lease.Session.ExecuteAsync(Post("m0"), fixture.As("ada"));
        await fixture.Messages.NextAppendAsync();
        var one = lease.Session.ExecuteAsync(Post("m1"), fixture.As("ada"));
        var two = lease.Session.ExecuteAsync(Post("m1"), fixture.As("ada"));
        release();

        Assert.Equal((await one).MessageId, (await two).MessageId);
        await before;
        Assert.Equal(["m0", "m1"], (await fixture.StoredAsync()).Select(message => message.ClientMessageId));
        Assert.Equal(2, fixture.Messages.Appends.Count);
    }

    [Fact]
    public async Task Post_SentAgainAfterARestart_IsTheSameMessage()
    {
        await using var fixture = new ChatFixture();
        using (var lease = await fixture.OpenAsync())
            await lease.Session.ExecuteAsync(Post("m1"), fixture.As("ada"));
        await fixture.RestartAsync();

        using var after = await fixture.OpenAsync();
        var again = await after.Session.ExecuteAsync(Post("m1"), fixture.As("ada"));

        Assert.Equal(1, again.Sequence);
        Assert.Single(await fixture.StoredAsync());
    }

    [Fact]
    public async Task Post_AppendThatFailedAfterItTookPlace_IsStoredAndToldOnce()
    {
        await using var fixture = new ChatFixture();
        using var lease = await fixture.OpenAsync();
        fixture.Messages.FailNextAppendsAfter = 1;

        var message = await lease.Session.ExecuteAsync(Post("m1", "hi", null, "bob"), fixture.As("ada"));

        Assert.Equal(1, message.Sequence);
        Assert.Single(await fixture.StoredAsync());
        Assert.Single(await fixture.NotificationsOfAsync("bob"));
        Assert.Equal(["1 Posted 1:m1", "mentioned bob by m1"], await fixture.Events.WaitForAsync(2));
    }

    [Fact]
    public async Task Post_AppendThatFailedBeforeItTookPlace_IsTriedAgain()
    {
        await using var fixture = new ChatFixture();
        using var lease = await fixture.OpenAsync();
        fixture.Messages.FailNextAppendsBefore = 1;

        await lease.Session.ExecuteAsync(Post("m1"), fixture.As("ada"));

        Assert.Equal(["1 Posted 1:m1"], await fixture.Events.WaitForAsync(1));
        Assert.Equal(2, fixture.Messages.Appends.Count);
    }

    [Fact]
    public async Task Post_StoreThatStaysAway_IsAnsweredWhenPatienceEnds()
    {
        await using var fixture = new ChatFixture();
        using var lease = await fixture.OpenAsync();
        fixture.Messages.IsDown = true;
        var sent = lease.Session.ExecuteAsync(Post("m1"), fixture.As("ada"));
        var refused = RefusedAsync(sent, CollabError.StoreUnavailable);
        await fixture.Time.AdvanceUntilAsync(refused, TimeSpan.FromMilliseconds(100));

        fixture.Messages.IsDown = false;
        var again = await lease.Session.ExecuteAsync(Post("m1"), fixture.As("ada"));

        Assert.Equal(1, again.Sequence);
        Assert.Single(await fixture.StoredAsync());
    }

    [Fact]
    public async Task Post_OtherNodeWasFaster_ComesAfterIt()
    {
        await using var fixture = new ChatFixture();
        using var lease = await fixture.OpenAsync();
        await using var other = fixture.NewNode();
        using var far = await other.OpenAsync(await fixture.HeadAsync(), TestContext.Current.CancellationToken);
        fixture.Messages.BeforeAppend = () => far.Session.ExecuteAsync(Post("far"), fixture.As("bob"));

        var near = await lease.Session.ExecuteAsync(Post("near"), fixture.As("ada"));

        Assert.Equal(2, near.Sequence);
        Assert.Equal(["far", "near"], (await fixture.StoredAsync()).Select(message => message.ClientMessageId));
        // the far message is told by both nodes: its own, and this one that met it
        Assert.Equal(["1 Posted 1:far", "1 Posted 1:far", "2 Posted 2:near"], await fixture.Events.WaitForAsync(3));
    }

    [Fact]
    public async Task Post_SameMessageThroughTwoNodes_IsStoredOnce()
    {
        await using var fixture = new ChatFixture();
        using var lease = await fixture.OpenAsync();
        await using var other = fixture.NewNode();
        using var far = await other.OpenAsync(await fixture.HeadAsync(), TestContext.Current.CancellationToken);
        fixture.Messages.BeforeAppend = () => far.Session.ExecuteAsync(Post("m1"), fixture.As("ada"));

        var near = await lease.Session.ExecuteAsync(Post("m1"), fixture.As("ada"));

        Assert.Equal(1, near.Sequence);
        Assert.Single(await fixture.StoredAsync());
    }

    [Fact]
    public async Task Post_ManyFromManyUsers_GetSequencesWithoutGapsInTheOrderTold()
    {
        await using var fixture = new ChatFixture();
        using var lease = await fixture.OpenAsync();

        var sent = await Task.WhenAll(Enumerable.Range(0, 300).Select(index => lease.Session.ExecuteAsync(Post($"m{index}"), fixture.As($"user{index % 7}"))));

        Assert.Equal(Enumerable.Range(1, 300).Select(sequence => (long)sequence), sent.Select(message => message.Sequence));
        Assert.Equal(sent.Select(message => $"{message.Change} Posted {message.Sequence}:{message.ClientMessageId}"), await fixture.Events.WaitForAsync(300));
    }

    [Fact]
    public async Task Drain_WithQueuedMessages_StoresThem()
    {
        await using var fixture = new ChatFixture();
        using var lease = await fixture.OpenAsync();
        var release = fixture.Messages.HoldAppends();
        var one = lease.Session.ExecuteAsync(Post("m1"), fixture.As("ada"));
        var two = lease.Session.ExecuteAsync(Post("m2"), fixture.As("ada"));
        var drained = fixture.Rooms.DrainAsync();
        release();
        await drained;

        Assert.Equal((1L, 2L), ((await one).Sequence, (await two).Sequence));
        Assert.Equal(["1 Posted 1:m1", "2 Posted 2:m2"], fixture.Events.Heard);
        await RefusedAsync(lease.Session.ExecuteAsync(Post("m3"), fixture.As("ada")), CollabError.ServerDraining);
    }
}
