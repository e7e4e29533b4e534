namespace RealtimeCollab.Sessions.Tests.Chat;

/// <summary>Typing is told while it lasts, ends by itself, and is merged over a user's devices.</summary>
public sealed class TypingTests
{
    [Fact]
    public async Task Typing_WithoutRefresh_EndsByItself()
    {
        await using var fixture = new ChatFixture();
        using var lease = await fixture.OpenAsync();
        lease.Session.SetTyping("c1", "ada", "Ada", isTyping: true);
        fixture.Time.Advance(TimeSpan.FromSeconds(4.9));
        Assert.Equal(["ada types"], await fixture.Events.WaitForAsync(1));

        fixture.Time.Advance(TimeSpan.FromSeconds(0.2));

        Assert.Equal(["ada types", "ada stopped"], await fixture.Events.WaitForAsync(2));
        Assert.Equal(0, fixture.Time.ActiveTimers);
    }

    [Fact]
    public async Task Typing_Refreshed_IsToldAgainNowAndThen()
    {
        await using var fixture = new ChatFixture();
        using var lease = await fixture.OpenAsync();
        for (var second = 0; second < 6; second++)
        {
            lease.Session.SetTyping("c1", "ada", "Ada", isTyping: true);
            fixture.Time.Advance(TimeSpan.FromSeconds(1));
        }

        lease.Session.SetTyping("c1", "ada", "Ada", isTyping: false);

        Assert.Equal(["ada types", "ada types", "ada types", "ada stopped"], await fixture.Events.WaitForAsync(4));
    }

    [Fact]
    public async Task Typing_OnTwoDevices_EndsWithTheLast()
    {
        await using var fixture = new ChatFixture();
        using var lease = await fixture.OpenAsync();
        lease.Session.SetTyping("c1", "ada", "Ada", isTyping: true);
        lease.Session.SetTyping("c2", "ada", "Ada", isTyping: true);
        lease.Session.Leave("c1");
        lease.Session.SetTyping("c3", "bob", "Bob", isTyping: true);
        Assert.Equal(["ada types", "bob types"], await fixture.Events.WaitForAsync(2));

        lease.Session.Leave("c2");
        lease.Session.Leave("c2");

        Assert.Equal(["ada types", "bob types", "ada stopped"], await fixture.Events.WaitForAsync(3));
    }

    [Fact]
    public async Task Stop_OfWhoNeverTyped_IsNotTold()
    {
        await using var fixture = new ChatFixture();
        using var lease = await fixture.OpenAsync();
        lease.Session.SetTyping("c1", "ada", "Ada", isTyping: false);
        await lease.Session.ExecuteAsync(ChatFixture.Post("m1"), fixture.As("ada"));

        Assert.Equal(["1 Posted 1:m1"], await fixture.Events.WaitForAsync(1));
    }
}
