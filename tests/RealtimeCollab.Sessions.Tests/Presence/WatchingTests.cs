using RealtimeCollab.Sessions.Presence;

namespace RealtimeCollab.Sessions.Tests.Presence;

public sealed class WatchingTests
{
    private static readonly PresenceOptions Defaults = PresenceFixture.Options;

    [Fact]
    public void Watch_OfUsers_AnswersHowTheyAreAndTellsWhatChanges()
    {
        using var fixture = new PresenceFixture();
        fixture.Connect("ada", "laptop");
        var watcher = new RecordingWatcher(fixture.Tracker);

        var users = watcher.Watcher.Watch(["ada", "grace", "ada"], []);
        Assert.Equal([("ada", Availability.Online), ("grace", Availability.Offline)], users.Select(user => (user.UserId, user.Status)));

        fixture.Connect("grace", "phone");
        fixture.Connect("nobody", "asked for");
        fixture.Settle();
        Assert.Equal(["+grace=Online"], watcher.Heard);
    }

    [Fact]
    public void Watch_OfADocument_TellsWhoComesIsThereAndGoes()
    {
        using var fixture = new PresenceFixture();
        fixture.Connect("ada", "laptop").Join("notes");
        var watcher = new RecordingWatcher(fixture.Tracker);
        Assert.Equal(["ada"], watcher.Watcher.Watch([], ["notes"]).Select(user => user.UserId));

        var grace = fixture.Connect("grace", "phone");
        fixture.Settle();
        grace.Join("notes");
        fixture.Settle();
        grace.SetStatus(Availability.Busy, text: null);
        fixture.Settle();
        grace.Leave("notes");
        fixture.Settle();
        grace.SetStatus(Availability.Online, text: null);
        fixture.Settle();

        Assert.Equal(["+grace=Online", "grace=Busy", "grace=Busy"], watcher.Heard);
        Assert.Empty(watcher.Latest("grace")!.Documents);
    }

    [Fact]
    public void Watch_OfADocumentWhoseMemberGoesOffline_TellsThatOnce()
    {
        using var fixture = new PresenceFixture();
        var ada = fixture.Connect("ada", "laptop");
        ada.Join("notes");
        var watcher = fixture.WatchDocument("notes");

        ada.Close(wasSilent: false);
        fixture.Time.Advance(TimeSpan.FromMinutes(1));
        fixture.Connect("ada", "laptop");
        fixture.Settle();

        Assert.Equal(["-ada=Offline"], watcher.Heard);
    }

    [Fact]
    public void Changes_WithinTheInterval_AreOneMessageWithTheLatest()
    {
        using var fixture = new PresenceFixture();
        var ada = fixture.Connect("ada", "laptop");
        var grace = fixture.Connect("grace", "phone");
        var watcher = fixture.Watch("ada", "grace");

        for (var i = 0; i < 100; i++)
            ada.SetStatus(i % 2 == 0 ? Availability.Busy : Availability.Away, $"{i}");
        grace.Edit();
        fixture.Settle();

        Assert.Equal(["ada=Away grace=Editing"], watcher.Heard);
        Assert.Equal("99", watcher.Latest("ada")!.Text);
    }

    [Fact]
    public void Changes_WithoutAnEnd_AreToldTenTimesASecond()
    {
        using var fixture = new PresenceFixture();
        var ada = fixture.Connect("ada", "laptop");
        var watcher = fixture.Watch("ada");

        for (var i = 0; i < 1_000; i++)
        {
            ada.SetStatus(Availability.Busy, $"{i}");
            fixture.Time.Advance(TimeSpan.FromMilliseconds(10));
        }

        Assert.InRange(watcher.Batches.Count, 90, 100);
    }

    [Fact]
    public void Changes_ThatCannotBeSeen_AreNotTold()
    {
        using var fixture = new PresenceFixture();
        var ada = fixture.Connect("ada", "laptop");
        var watcher = fixture.Watch("ada");

        for (var i = 0; i < 100; i++)
        {
            ada.Beat(isActive: true);
            fixture.Time.Advance(TimeSpan.FromSeconds(10));
        }

        Assert.Empty(watcher.Batches);
        Assert.Equal(fixture.Time.GetUtcNow() - TimeSpan.FromSeconds(10), fixture.Get("ada").LastActive);
    }

    [Fact]
    public async Task Watcher_ThatIsSlow_HearsTheLatestOnceItIsReady()
    {
        using var fixture = new PresenceFixture();
        var ada = fixture.Connect("ada", "laptop");
        var watcher = fixture.Watch("ada");
        var other = fixture.Watch("ada");
        var ready = new TaskCompletionSource();
        watcher.Sending = () => new ValueTask(ready.Task);
        for (var i = 0; i < 50; i++)
        {
            ada.SetStatus(Availability.Busy, $"{i}");
            fixture.Time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Empty(watcher.Batches);
        Assert.Equal(50, other.Batches.Count);
        ready.SetResult();
        await fixture.Time.AdvanceUntilAsync(HasHeardAsync(watcher, batches: 2), Defaults.BatchInterval);
        Assert.Equal("49", watcher.Latest("ada")!.Text);
    }

    [Fact]
    public void Batch_ThatCannotBeSent_IsSentLaterWithTheLatest()
    {
        using var fixture = new PresenceFixture();
        var watcher = fixture.Watch("ada");
        watcher.Sending = () => throw new InvalidOperationException("no access list");
        var ada = fixture.Connect("ada", "laptop");
        fixture.Settle();
        ada.SetStatus(Availability.Busy, text: null);
        fixture.Settle();
        Assert.Empty(watcher.Batches);

        watcher.Sending = () => ValueTask.CompletedTask;
        fixture.Time.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(["+ada=Busy"], watcher.Heard);
    }

    [Fact]
    public void Unwatch_OfUsersOrDocuments_LeavesTheOthers()
    {
        using var fixture = new PresenceFixture();
        var ada = fixture.Connect("ada", "laptop");
        var grace = fixture.Connect("grace", "phone");
        grace.Join("notes");
        var watcher = new RecordingWatcher(fixture.Tracker);
        watcher.Watcher.Watch(["ada", "grace"], ["notes"]);

        watcher.Watcher.Unwatch(["grace", "stranger"], ["other"]);
        grace.Edit();
        fixture.Settle();
        watcher.Watcher.Unwatch(["ada"], []);
        ada.Edit();
        fixture.Settle();
        watcher.Watcher.UnwatchAll();
        grace.SetStatus(Availability.Busy, "gone");
        fixture.Time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(["grace=Editing"], watcher.Heard);
    }

    [Fact]
    public void Watch_BeyondTheLimit_IsRefusedAndChangesNothing()
    {
        using var fixture = new PresenceFixture(options: Defaults with { MaxWatchedUsers = 3, MaxWatchedDocuments = 1 });
        var watcher = fixture.Watch("a", "b");

        Assert.Equal(CollabError.RateLimited, Refused(() => watcher.Watcher.Watch(["c", "d"], ["notes"])));
        Assert.Equal(CollabError.RateLimited, Refused(() => watcher.Watcher.Watch(["c"], ["notes", "other"])));
        fixture.Connect("c", "laptop").Join("notes");
        fixture.Settle();
        Assert.Empty(watcher.Batches);

        watcher.Watcher.Watch(["a", "b", "c", "c"], ["notes"]);
        watcher.Watcher.Unwatch(["a"], []);
        watcher.Watcher.Watch(["d"], ["notes"]);
    }

    [Fact]
    public void Watcher_ThatIsClosed_HearsNothingAndWatchesNobody()
    {
        using var fixture = new PresenceFixture();
        var watcher = fixture.Watch("ada");
        fixture.Connect("ada", "laptop");
        watcher.Watcher.Dispose();
        watcher.Watcher.Dispose();

        fixture.Time.Advance(TimeSpan.FromSeconds(1));

        Assert.Empty(watcher.Batches);
        Assert.Throws<OperationCanceledException>(() => watcher.Watcher.Watch(["ada"], []));
    }

    private static CollabError Refused(Action action) => Assert.Throws<CollabException>(action).Error;

    private static async Task HasHeardAsync(RecordingWatcher watcher, int batches)
    {
        while (watcher.Batches.Count < batches)
            await Task.Yield();
    }
}
