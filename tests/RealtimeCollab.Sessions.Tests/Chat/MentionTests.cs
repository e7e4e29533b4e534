using RealtimeCollab.Sessions.Chat;
using RealtimeCollab.Sessions.Storage.Chat;
using static RealtimeCollab.Sessions.Tests.Chat.ChatFixture;

namespace RealtimeCollab.Sessions.Tests.Chat;

/// <summary>Whoever is mentioned and may read the room finds a notification.</summary>
public sealed class MentionTests
{
    [Fact]
    public async Task Post_Mentions_NotifiesReadersButNotTheAuthor()
    {
        await using var fixture = new ChatFixture();
        using var lease = await fixture.OpenAsync();
        fixture.Roles["stranger"] = RoomRole.None;

        await lease.Session.ExecuteAsync(Post("m1", "hi", null, "bob", "ada", "stranger"), fixture.As("ada"));

        var stored = Assert.Single(await fixture.NotificationsOfAsync("bob"));
        Assert.Equal(("mention", 1L), (stored.Notification.Type, stored.Notification.Sequence));
        Assert.Empty(await fixture.NotificationsOfAsync("ada"));
        Assert.Empty(await fixture.NotificationsOfAsync("stranger"));
        Assert.Equal(["1 Posted 1:m1", "mentioned bob by m1"], await fixture.Events.WaitForAsync(2));
    }

    [Fact]
    public async Task Edit_MentionsOneMore_NotifiesThatOne()
    {
        await using var fixture = new ChatFixture();
        using var lease = await fixture.OpenAsync();
        var posted = await lease.Session.ExecuteAsync(Post("m1", "hi", null, "bob"), fixture.As("ada"));

        await lease.Session.ExecuteAsync(new EditMessage(posted.MessageId, "hello") { Mentions = ["bob", "carol"] }, fixture.As("ada"));

        Assert.Single(await fixture.NotificationsOfAsync("bob"));
        Assert.Single(await fixture.NotificationsOfAsync("carol"));
        Assert.Equal(["1 Posted 1:m1", "mentioned bob by m1", "2 Edited 1:m1", "mentioned carol by m1"], await fixture.Events.WaitForAsync(4));
    }

    [Fact]
    public async Task Post_SentAgain_NotifiesOnce()
    {
        await using var fixture = new ChatFixture();
        using var lease = await fixture.OpenAsync();
        await lease.Session.ExecuteAsync(Post("m1", "hi", null, "bob"), fixture.As("ada"));
        await lease.Session.ExecuteAsync(Post("m1", "hi", null, "bob"), fixture.As("ada"));

        Assert.Single(await fixture.NotificationsOfAsync("bob"));
    }
}
