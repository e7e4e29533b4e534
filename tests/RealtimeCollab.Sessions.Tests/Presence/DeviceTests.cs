using RealtimeCollab.Sessions.Presence;

namespace RealtimeCollab.Sessions.Tests.Presence;

public sealed class DeviceTests
{
    private static readonly PresenceOptions Defaults = PresenceFixture.Options;
    private static readonly TimeSpan Instant = TimeSpan.FromTicks(1);

    [Fact]
    public void Device_OfThreeSockets_IsOne()
    {
        using var fixture = new PresenceFixture();
        var document = fixture.Connect("ada", "laptop", "Laptop");
        var began = fixture.Time.GetUtcNow();
        fixture.Time.Advance(TimeSpan.FromSeconds(1));
        fixture.Connect("ada", "laptop");
        fixture.Connect("ada", "laptop");

        var device = Assert.Single(fixture.Get("ada").Devices);
        Assert.Equal(("laptop", "Laptop", began), (device.ClientId, device.Label, device.Since));
        document.Close(wasSilent: false);
        fixture.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(Availability.Online, fixture.StatusOf("ada"));
    }

    [Fact]
    public void User_WhoLosesOneOfTwoDevices_StaysOnline()
    {
        using var fixture = new PresenceFixture();
        fixture.Connect("ada", "laptop");
        var phone = fixture.Connect("ada", "phone");
        var watcher = fixture.Watch("ada");

        phone.Close(wasSilent: true);
        fixture.Time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(Availability.Online, fixture.StatusOf("ada"));
        Assert.Equal("laptop", Assert.Single(fixture.Get("ada").Devices).ClientId);
        Assert.Equal(["ada=Online"], watcher.Heard);
    }

    [Theory]
    [InlineData(false, 5)]
    [InlineData(true, 3)]
    public void User_WhoLosesTheLastDevice_IsOfflineAfterTheGrace(bool wasSilent, int seconds)
    {
        using var fixture = new PresenceFixture();
        var laptop = fixture.Connect("ada", "laptop");
        var phone = fixture.Connect("ada", "phone");
        var watcher = fixture.Watch("ada");
        phone.Close(wasSilent);
        fixture.Time.Advance(TimeSpan.FromSeconds(1));
        fixture.Settle();
        watcher.Batches.Clear();

        laptop.Close(wasSilent);
        fixture.Time.Advance(TimeSpan.FromSeconds(seconds) - Instant);
        Assert.Equal(Availability.Online, fixture.StatusOf("ada"));
        fixture.Time.Advance(Instant + Defaults.BatchInterval);

        Assert.Equal("-ada=Offline", watcher.Heard.Last());
        var user = fixture.Get("ada");
        Assert.Equal(("ADA", 0, 0), (user.UserName, user.Devices.Count, user.Documents.Count));
        Assert.NotNull(user.LastActive);
    }

    [Fact]
    public void Page_ThatIsLoadedAgain_DoesNotFlicker()
    {
        using var fixture = new PresenceFixture();
        var before = fixture.Connect("ada", "tab");
        before.Join("notes");
        before.SetStatus(Availability.Busy, "writing");
        var byUser = fixture.Watch("ada");
        var byDocument = fixture.WatchDocument("notes");
        fixture.Settle();

        before.Close(wasSilent: false);
        fixture.Time.Advance(TimeSpan.FromSeconds(4));
        fixture.Connect("ada", "tab").Join("notes");
        fixture.Time.Advance(TimeSpan.FromMinutes(1));

        Assert.Empty(byUser.Heard);
        Assert.Empty(byDocument.Heard);
        Assert.Equal((Availability.Busy, "writing"), (fixture.StatusOf("ada"), fixture.Get("ada").Text));
        Assert.Equal(["notes"], fixture.Get("ada").Documents);
    }

    [Fact]
    public void Page_ThatComesBackAsAnotherDevice_KeepsTheUserOnline()
    {
        using var fixture = new PresenceFixture();
        var before = fixture.Connect("ada", "one");
        var watcher = fixture.Watch("ada");
        before.Close(wasSilent: false);
        fixture.Time.Advance(TimeSpan.FromSeconds(4));

        fixture.Connect("ada", "two");
        fixture.Time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal("two", Assert.Single(fixture.Get("ada").Devices).ClientId);
        Assert.All(watcher.Batches, batch => Assert.Empty(batch.WentOffline));
    }

    [Theory]
    [InlineData(Availability.Away, Availability.Online, Availability.Online)]
    [InlineData(Availability.Away, Availability.Busy, Availability.Busy)]
    [InlineData(Availability.Online, Availability.Busy, Availability.Busy)]
    public void Status_OverDevices_IsTheHighest(Availability one, Availability other, Availability merged)
    {
        using var fixture = new PresenceFixture();
        fixture.Connect("ada", "laptop").SetStatus(one, text: null);
        fixture.Connect("ada", "phone").SetStatus(other, text: null);
        Assert.Equal(merged, fixture.StatusOf("ada"));

        fixture.Connect("ada", "tablet").Edit();
        Assert.Equal(Availability.Editing, fixture.StatusOf("ada"));
    }

    [Fact]
    public void Text_OverDevices_BelongsToTheHighestChoiceThenTheLatest()
    {
        using var fixture = new PresenceFixture();
        var laptop = fixture.Connect("ada", "laptop");
        var phone = fixture.Connect("ada", "phone");
        laptop.SetStatus(Availability.Busy, "in a meeting");
        fixture.Time.Advance(TimeSpan.FromSeconds(1));
        phone.SetStatus(Availability.Online, "on the train");
        Assert.Equal("in a meeting", fixture.Get("ada").Text);

        fixture.Time.Advance(TimeSpan.FromSeconds(1));
        phone.SetStatus(Availability.Busy, "on the train");
        Assert.Equal("on the train", fixture.Get("ada").Text);
        phone.SetStatus(Availability.Busy, text: null);
        Assert.Equal("in a meeting", fixture.Get("ada").Text);
    }

    [Fact]
    public void Documents_OverDevices_AreJoinedAndLeftOneByOne()
    {
        using var fixture = new PresenceFixture();
        var laptop = fixture.Connect("ada", "laptop");
        var phone = fixture.Connect("ada", "phone");
        laptop.Join("b");
        laptop.Join("a");
        phone.Join("b");
        Assert.Equal(["a", "b"], fixture.Get("ada").Documents);

        laptop.Leave("b");
        Assert.Equal(["a", "b"], fixture.Get("ada").Documents);
        phone.Leave("b");
        Assert.Equal(["a"], fixture.Get("ada").Documents);
    }

    [Fact]
    public void Connection_ThatIsClosed_SaysNothingMore()
    {
        using var fixture = new PresenceFixture();
        var old = fixture.Connect("ada", "laptop");
        old.Close(wasSilent: false);
        fixture.Time.Advance(TimeSpan.FromSeconds(10));

        old.Edit();
        old.Join("notes");
        old.SetStatus(Availability.Busy, "ghost");
        old.Close(wasSilent: false);

        Assert.Equal(Availability.Offline, fixture.StatusOf("ada"));
        Assert.Empty(fixture.Get("ada").Documents);
    }

    [Fact]
    public void Connections_ThatComeAndGo_LeaveNothingBehind()
    {
        using var fixture = new PresenceFixture(options: Defaults with { RememberedUsers = 10 });
        for (var i = 0; i < 100; i++)
        {
            var connection = fixture.Connect($"user{i}", $"client{i}");
            connection.Join("notes");
            connection.Edit();
            connection.Close(wasSilent: false);
        }

        fixture.Time.Advance(TimeSpan.FromHours(1));

        Assert.Equal(0, fixture.Time.ActiveTimers);
        Assert.NotNull(fixture.Get("user99").LastActive);
        Assert.Null(fixture.Get("user0").LastActive);
    }
}
