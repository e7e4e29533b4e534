using RealtimeCollab.Sessions.Chat;
using RealtimeCollab.Sessions.Storage.Chat;
using static RealtimeCollab.Sessions.Tests.Chat.ChatFixture;

namespace RealtimeCollab.Sessions.Tests.Chat;

/// <summary>Who may change what, and what a change leaves behind.</summary>
public sealed class ChangeTests
{
    [Fact]
    public async Task Edit_OwnMessage_ReplacesContentAndTakesAChange()
    {
        await using var fixture = new ChatFixture();
        using var lease = await fixture.OpenAsync();
        var posted = await lease.Session.ExecuteAsync(Post("m1"), fixture.As("ada"));
        fixture.Time.Advance(TimeSpan.FromMinutes(1));

        var edited = await lease.Session.ExecuteAsync(new EditMessage(posted.MessageId, "Bye"), fixture.As("ada"));

        Assert.Equal((1L, 2L, "Bye", fixture.Time.GetUtcNow()), (edited.Sequence, edited.Change, edited.Content, edited.EditedAt));
        Assert.Equal(["1 Posted 1:m1", "2 Edited 1:m1"], await fixture.Events.WaitForAsync(2));
    }

    [Fact]
    public async Task Edit_SameContentAgain_ChangesNothing()
    {
        await using var fixture = new ChatFixture();
        using var lease = await fixture.OpenAsync();
        var posted = await lease.Session.ExecuteAsync(Post("m1"), fixture.As("ada"));
        var edit = new EditMessage(posted.MessageId, "Bye");
        await lease.Session.ExecuteAsync(edit, fixture.As("ada"));

        Assert.Equal(2, (await lease.Session.ExecuteAsync(edit, fixture.As("ada"))).Change);
    }

    [Theory]
    [InlineData(RoomRole.Commenter, false)]
    [InlineData(RoomRole.Viewer, false)]
    [InlineData(RoomRole.Owner, true)]
    public async Task Change_OfAnothersMessage_IsForOwners(RoomRole role, bool isAllowed)
    {
        await using var fixture = new ChatFixture();
        using var lease = await fixture.OpenAsync();
        var posted = await lease.Session.ExecuteAsync(Post("m1"), fixture.As("ada"));
        fixture.Roles["bob"] = role;

        var edit = lease.Session.ExecuteAsync(new EditMessage(posted.MessageId, "mine"), fixture.As("bob"));
        var delete = lease.Session.ExecuteAsync(new DeleteMessage(posted.MessageId), fixture.As("bob"));

        if (isAllowed)
        {
            Assert.Equal("mine", (await edit).Content);
            Assert.NotNull((await delete).DeletedAt);
            return;
        }

        await RefusedAsync(edit, CollabError.PermissionDenied);
        await RefusedAsync(delete, CollabError.PermissionDenied);
        Assert.Equal(("Hello", 1L), ((await fixture.StoredAsync())[0].Content, (await fixture.HeadAsync()).Change));
    }

    [Fact]
    public async Task Delete_Message_LeavesItsPlaceAndNothingElse()
    {
        await using var fixture = new ChatFixture();
        using var lease = await fixture.OpenAsync();
        var posted = await lease.Session.ExecuteAsync(Post("m1", "secret", null, "bob"), fixture.As("ada"));
        await lease.Session.ExecuteAsync(new SetReaction(posted.MessageId, "👍", IsSet: true), fixture.As("bob"));

        await lease.Session.ExecuteAsync(new DeleteMessage(posted.MessageId), fixture.As("ada"));
        var again = await lease.Session.ExecuteAsync(new DeleteMessage(posted.MessageId), fixture.As("ada"));

        var left = Assert.Single(await fixture.StoredAsync());
        Assert.Equal((string.Empty, 1L, 3L, again.Change), (left.Content, left.Sequence, left.Change, left.Change));
        Assert.Empty(left.Reactions);
        Assert.Empty(left.Mentions);
        Assert.NotNull(left.DeletedAt);
        await RefusedAsync(lease.Session.ExecuteAsync(new EditMessage(posted.MessageId, "x"), fixture.As("ada")), CollabError.MessageNotFound);
        await RefusedAsync(lease.Session.ExecuteAsync(new SetReaction(posted.MessageId, "👍", true), fixture.As("ada")), CollabError.MessageNotFound);
    }

    [Fact]
    public async Task React_SeveralUsers_AreKeptInTheirOrder()
    {
        await using var fixture = new ChatFixture();
        using var lease = await fixture.OpenAsync();
        var id = (await lease.Session.ExecuteAsync(Post("m1"), fixture.As("ada"))).MessageId;
        foreach (var (user, emoji, isSet) in new[] { ("bob", "👍", true), ("ada", "❤", true), ("ada", "👍", true), ("ada", "👍", true), ("ada", "❤", false), ("eve", "❤", false) })
            await lease.Session.ExecuteAsync(new SetReaction(id, emoji, isSet), fixture.As(user));

        var message = Assert.Single(await fixture.StoredAsync());

        Assert.Equal(("👍", "bob ada"), (Assert.Single(message.Reactions).Emoji, string.Join(' ', message.Reactions[0].UserIds)));
        Assert.Equal(5, message.Change);
        Assert.Equal("5 Reactions 1:m1", (await fixture.Events.WaitForAsync(5))[^1]);
    }

    [Fact]
    public async Task React_MoreKindsThanAMessageHolds_IsRefused()
    {
        await using var fixture = new ChatFixture();
        using var lease = await fixture.OpenAsync();
        var id = (await lease.Session.ExecuteAsync(Post("m1"), fixture.As("ada"))).MessageId;
        for (var kind = 0; kind < 50; kind++)
            await lease.Session.ExecuteAsync(new SetReaction(id, $"r{kind}", IsSet: true), fixture.As("ada"));

        await RefusedAsync(lease.Session.ExecuteAsync(new SetReaction(id, "one too many", IsSet: true), fixture.As("ada")), CollabError.RateLimited);
        Assert.Equal(50, Assert.Single(await fixture.StoredAsync()).Reactions.Count);
    }

    [Fact]
    public async Task Reply_ToAMessageThatIsNotThere_IsRefused()
    {
        await using var fixture = new ChatFixture();
        using var lease = await fixture.OpenAsync();
        var first = await lease.Session.ExecuteAsync(Post("m1"), fixture.As("ada"));

        Assert.Equal(first.MessageId, (await lease.Session.ExecuteAsync(Post("m2", "yes", first.MessageId), fixture.As("bob"))).ReplyTo);
        await RefusedAsync(lease.Session.ExecuteAsync(Post("m3", "no", "elsewhere"), fixture.As("bob")), CollabError.MessageNotFound);
        Assert.Equal(2, (await fixture.StoredAsync()).Count);
    }

    [Fact]
    public async Task Turn_RefusedAmongOthers_TakesNobodyWithIt()
    {
        await using var fixture = new ChatFixture();
        using var lease = await fixture.OpenAsync();
        fixture.Roles["viewer"] = RoomRole.Viewer;
        var release = fixture.Messages.HoldAppends();
        var first = lease.Session.ExecuteAsync(Post("m1"), fixture.As("ada"));
        var refused = lease.Session.ExecuteAsync(Post("m2"), fixture.As("viewer"));
        var last = lease.Session.ExecuteAsync(Post("m3"), fixture.As("ada"));
        release();

        await RefusedAsync(refused, CollabError.PermissionDenied);
        Assert.Equal((1L, 2L), ((await first).Sequence, (await last).Sequence));
    }

    [Fact]
    public async Task Right_TakenAwayWhileTheMessageWaits_CountsNoMore()
    {
        await using var fixture = new ChatFixture();
        using var lease = await fixture.OpenAsync();
        var release = fixture.Messages.HoldAppends();
        var first = lease.Session.ExecuteAsync(Post("m1"), fixture.As("ada"));
        await fixture.Messages.NextAppendAsync();
        var waiting = lease.Session.ExecuteAsync(Post("m2"), fixture.As("bob"));
        fixture.Roles["bob"] = RoomRole.None;
        release();

        await first;
        await RefusedAsync(waiting, CollabError.PermissionDenied);
        Assert.Single(await fixture.StoredAsync());
    }
}
