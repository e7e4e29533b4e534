using Microsoft.Extensions.Logging.Abstractions;
using RealtimeCollab.Sessions.Presence;
using RealtimeCollab.Sessions.Presence.Nodes;
using RealtimeCollab.Sessions.Presence.Nodes.Memory;
using RealtimeCollab.Testing;

namespace RealtimeCollab.Sessions.Tests.Presence;

/// <summary>Two nodes on one store.</summary>
public sealed class NodeTests : IDisposable
{
    private readonly ManualTime _time = new();
    private readonly FaultyPresenceStore _store;
    private readonly PresenceFixture _here;
    private readonly PresenceFixture _there;
    private readonly PresenceNode _nodeHere;
    private readonly PresenceNode _nodeThere;

    public NodeTests()
    {
        _store = new FaultyPresenceStore(new MemoryPresenceStore(_time));
        (_here, _there) = (new PresenceFixture(_time), new PresenceFixture(_time));
        (_nodeHere, _nodeThere) = (Join(_here), Join(_there));
        _here.Settle();
    }

    [Fact]
    public void Change_OnOneNode_IsToldOnTheOther()
    {
        var watcher = _there.Watch("ada");

        var ada = _here.Connect("ada", "laptop", "Laptop");
        ada.Join("notes");
        Settle();
        ada.Close(wasSilent: false);
        _time.Advance(TimeSpan.FromSeconds(6));

        Assert.Equal(["+ada=Online", "-ada=Offline"], watcher.Heard);
        Assert.Equal(["notes"], watcher.Batches[0].Changed[0].Documents);
        Assert.Equal("ADA", _there.Get("ada").UserName);
    }

    [Fact]
    public void User_OnTwoNodes_IsOne()
    {
        _here.Connect("ada", "laptop").SetStatus(Availability.Busy, "in a meeting");
        _there.Connect("ada", "phone");
        _there.Connect("ada", "laptop", "Laptop").Join("notes");
        Settle();

        foreach (var user in new[] { _here.Get("ada"), _there.Get("ada") })
        {
            Assert.Equal((Availability.Busy, "in a meeting"), (user.Status, user.Text));
            Assert.Equal(["laptop", "phone"], user.Devices.Select(device => device.ClientId));
            Assert.Equal("Laptop", user.Devices[0].Label);
            Assert.Equal(["notes"], user.Documents);
        }
    }

    [Fact]
    public void Status_ChosenLaterOnAnotherNode_Holds()
    {
        _here.Connect("ada", "laptop").SetStatus(Availability.Busy, "in a meeting");
        _time.Advance(TimeSpan.FromSeconds(1));
        var moved = _there.Connect("ada", "laptop");
        moved.SetStatus(Availability.Online, text: null);
        Settle();
        Assert.Equal((Availability.Online, null), (_here.StatusOf("ada"), _here.Get("ada").Text));

        moved.Beat(isActive: false);
        Settle();
        Assert.Equal(Availability.Away, _here.StatusOf("ada"));
        _here.Connect("ada", "laptop").Edit();
        Settle();
        Assert.Equal(Availability.Editing, _there.StatusOf("ada"));
    }

    [Fact]
    public void Node_ThatDies_TakesItsUsersWithItWithinTenSeconds()
    {
        var ada = _here.Connect("ada", "laptop");
        _here.Connect("grace", "phone");
        _there.Connect("grace", "tablet");
        Settle();
        var watcher = _there.Watch("ada", "grace");

        _nodeHere.Dispose();
        ada.Edit();
        _time.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(Availability.Offline, watcher.Latest("ada")!.Status);
        Assert.Equal(Availability.Online, watcher.Latest("grace")!.Status);
        Assert.Equal("tablet", Assert.Single(watcher.Latest("grace")!.Devices).ClientId);
    }

    [Fact]
    public void User_WhoMovesToAnotherNode_DoesNotFlicker()
    {
        _here.Connect("ada", "laptop");
        Settle();
        var watcher = _there.Watch("ada");

        _nodeHere.Dispose();
        _time.Advance(TimeSpan.FromSeconds(3));
        _there.Connect("ada", "laptop");
        _time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(Availability.Online, _there.StatusOf("ada"));
        Assert.All(watcher.Batches, batch => Assert.Empty(batch.WentOffline));
    }

    [Fact]
    public void Update_ThatGotLost_IsReadAtTheNextPulse()
    {
        _store.LosesUpdates = true;
        var ada = _here.Connect("ada", "laptop");
        _time.Advance(PresenceFixture.Options.NodeInterval + TimeSpan.FromSeconds(1));
        Assert.Equal(Availability.Online, _there.StatusOf("ada"));

        ada.Edit();
        Settle();
        _store.LosesUpdates = false;
        _here.Connect("grace", "phone");
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(Availability.Editing, _there.StatusOf("ada"));
        Assert.Equal(Availability.Online, _there.StatusOf("grace"));
    }

    [Fact]
    public void Store_ThatFails_KeepsWhatWasKnownAndHeals()
    {
        var ada = _here.Connect("ada", "laptop");
        _here.Connect("grace", "phone");
        Settle();
        var watcher = _there.Watch("ada", "grace");

        _store.IsDown = true;
        ada.Close(wasSilent: false);
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Empty(watcher.Batches);
        _store.IsDown = false;
        _time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(Availability.Offline, _there.StatusOf("ada"));
        Assert.Equal(Availability.Online, _there.StatusOf("grace"));
    }

    [Fact]
    public void Store_ThatLostEverything_IsFilledAgain()
    {
        _here.Connect("ada", "laptop");
        Settle();

        _store.Inner = new MemoryPresenceStore(_time);
        _time.Advance(TimeSpan.FromSeconds(5));
        using var third = new PresenceFixture(_time);
        using var nodeOfThird = Join(third);
        Settle();

        Assert.Equal(Availability.Online, third.StatusOf("ada"));
        Assert.Equal(Availability.Online, _there.StatusOf("ada"));
    }

    [Fact]
    public void Store_ThatLostEverything_LetsNobodyFlicker()
    {
        _here.Connect("ada", "laptop");
        _there.Connect("grace", "phone");
        Settle();
        var watchers = new[] { _here.Watch("grace"), _there.Watch("ada") };

        _store.Inner = new MemoryPresenceStore(_time);
        _time.Advance(TimeSpan.FromMinutes(1));

        Assert.All(watchers, watcher => Assert.All(watcher.Batches, batch => Assert.Empty(batch.WentOffline)));
        Assert.Equal((Availability.Online, Availability.Online), (_here.StatusOf("grace"), _there.StatusOf("ada")));
    }

    [Fact]
    public void Node_ThatDiesWithTheStoresContent_TakesItsUsersWithItAllTheSame()
    {
        _here.Connect("ada", "laptop");
        Settle();

        _store.Inner = new MemoryPresenceStore(_time);
        _nodeHere.Dispose();
        _time.Advance(TimeSpan.FromSeconds(15));

        Assert.Equal(Availability.Offline, _there.StatusOf("ada"));
    }

    public void Dispose()
    {
        _nodeHere.Dispose();
        _nodeThere.Dispose();
        _here.Dispose();
        _there.Dispose();
    }

    private PresenceNode Join(PresenceFixture fixture) =>
        new(fixture.Tracker, _store, PresenceFixture.Options, _time, NullLogger<PresenceNode>.Instance);

    /// <summary>One interval until the other node hears, one until a watcher does.</summary>
    private void Settle() => _time.Advance(PresenceFixture.Options.BatchInterval * 3);
}
