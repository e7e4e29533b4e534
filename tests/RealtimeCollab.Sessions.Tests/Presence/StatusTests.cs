using RealtimeCollab.Sessions.Presence;

namespace RealtimeCollab.Sessions.Tests.Presence;

public sealed class StatusTests
{
    private static readonly PresenceOptions Defaults = PresenceFixture.Options;
    private static readonly TimeSpan Instant = TimeSpan.FromTicks(1);

    [Fact]
    public void User_WhomNobodyHasSeen_IsOffline()
    {
        using var fixture = new PresenceFixture();

        var user = fixture.Get("ada");

        Assert.Equal((Availability.Offline, "ada", null), (user.Status, user.UserName, user.LastActive));
    }

    [Fact]
    public void Edit_ReadsAsEditing_UntilTenSecondsAfterTheLast()
    {
        using var fixture = new PresenceFixture();
        var ada = fixture.Connect("ada", "laptop");

        ada.Edit();
        Assert.Equal(Availability.Editing, fixture.StatusOf("ada"));
        fixture.Time.Advance(TimeSpan.FromSeconds(9));
        ada.Edit();
        fixture.Time.Advance(Defaults.EditingLasts - Instant);
        Assert.Equal(Availability.Editing, fixture.StatusOf("ada"));
        fixture.Time.Advance(Instant);
        Assert.Equal(Availability.Online, fixture.StatusOf("ada"));

        ada.Edit();
        Assert.Equal(Availability.Editing, fixture.StatusOf("ada"));
    }

    [Fact]
    public void Edit_WhileBusy_FallsBackToBusy()
    {
        using var fixture = new PresenceFixture();
        var ada = fixture.Connect("ada", "laptop");
        ada.SetStatus(Availability.Busy, "writing");

        ada.Edit();
        Assert.Equal((Availability.Editing, "writing"), (fixture.StatusOf("ada"), fixture.Get("ada").Text));
        fixture.Time.Advance(Defaults.EditingLasts);

        Assert.Equal((Availability.Busy, "writing"), (fixture.StatusOf("ada"), fixture.Get("ada").Text));
    }

    [Fact]
    public void Inactivity_ReadsAsAway_UntilSomethingHappens()
    {
        using var fixture = new PresenceFixture();
        var ada = fixture.Connect("ada", "laptop");
        fixture.Time.Advance(TimeSpan.FromMinutes(3));
        ada.Act();

        fixture.Time.Advance(Defaults.AwayAfter - Instant);
        Assert.Equal(Availability.Online, fixture.StatusOf("ada"));
        fixture.Time.Advance(Instant);
        Assert.Equal(Availability.Away, fixture.StatusOf("ada"));
        Assert.Equal(fixture.Time.GetUtcNow() - Defaults.AwayAfter, fixture.Get("ada").LastActive);

        ada.Act();
        Assert.Equal(Availability.Online, fixture.StatusOf("ada"));
    }

    [Fact]
    public void Inactivity_AfterEditing_CountsFromTheLastEdit()
    {
        using var fixture = new PresenceFixture();
        var ada = fixture.Connect("ada", "laptop");
        ada.Edit();

        fixture.Time.Advance(Defaults.AwayAfter - Instant);
        Assert.Equal(Availability.Online, fixture.StatusOf("ada"));
        fixture.Time.Advance(Instant);

        Assert.Equal(Availability.Away, fixture.StatusOf("ada"));
    }

    [Fact]
    public void Heartbeat_OfNobodyThere_ReadsAsAwayAtOnce()
    {
        using var fixture = new PresenceFixture();
        var ada = fixture.Connect("ada", "laptop");

        ada.Beat(isActive: false);
        Assert.Equal(Availability.Away, fixture.StatusOf("ada"));
        fixture.Time.Advance(TimeSpan.FromSeconds(10));
        ada.Beat(isActive: false);
        Assert.Equal(Availability.Away, fixture.StatusOf("ada"));
        ada.Beat(isActive: true);
        Assert.Equal(Availability.Online, fixture.StatusOf("ada"));
    }

    [Fact]
    public void Heartbeat_OfNobodyThere_AfterALaterEdit_CountsAnew()
    {
        using var fixture = new PresenceFixture();
        var ada = fixture.Connect("ada", "laptop");
        ada.Edit();
        for (var i = 0; i < 2; i++)
        {
            fixture.Time.Advance(TimeSpan.FromSeconds(1));
            ada.Beat(isActive: false);
            fixture.Time.Advance(TimeSpan.FromSeconds(1));
            ada.Edit();
        }

        fixture.Time.Advance(TimeSpan.FromSeconds(1));
        ada.Beat(isActive: false);
        fixture.Time.Advance(Defaults.EditingLasts);

        Assert.Equal(Availability.Away, fixture.StatusOf("ada"));
    }

    [Theory]
    [InlineData(Availability.Away)]
    [InlineData(Availability.Busy)]
    public void Status_ThatWasChosen_StaysWhateverTheUserDoes(Availability status)
    {
        using var fixture = new PresenceFixture();
        var ada = fixture.Connect("ada", "laptop");
        ada.SetStatus(status, text: null);

        ada.Act();
        ada.Beat(isActive: true);
        fixture.Time.Advance(Defaults.AwayAfter * 2);

        Assert.Equal(status, fixture.StatusOf("ada"));
    }

    [Theory]
    [InlineData(Availability.Editing)]
    [InlineData(Availability.Offline)]
    public void Status_ThatIsDerived_CannotBeChosen(Availability status)
    {
        using var fixture = new PresenceFixture();
        var ada = fixture.Connect("ada", "laptop");

        var refusal = Assert.Throws<CollabException>(() => ada.SetStatus(status, "x"));

        Assert.Equal(CollabError.InvalidRequest, refusal.Error);
        Assert.Equal((Availability.Online, null), (fixture.StatusOf("ada"), fixture.Get("ada").Text));
    }

    [Fact]
    public void Edits_InALongRow_AreToldOnce()
    {
        using var fixture = new PresenceFixture();
        var ada = fixture.Connect("ada", "laptop");
        var watcher = fixture.Watch("ada");

        for (var i = 0; i < 1_000; i++)
        {
            ada.Edit();
            fixture.Time.Advance(TimeSpan.FromMilliseconds(50));
        }

        Assert.Equal(["ada=Editing"], watcher.Heard);
    }
}
