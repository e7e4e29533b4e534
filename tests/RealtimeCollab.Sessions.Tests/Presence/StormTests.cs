using RealtimeCollab.Sessions.Presence;

namespace RealtimeCollab.Sessions.Tests.Presence;

/// <summary>A thousand users whom a hundred watch, and half of whom go.</summary>
public sealed class StormTests(ITestOutputHelper output)
{
    private const int Users = 1_000;
    private const int Watchers = 100;
    private const int Leaving = 500;

    [Theory]
    [InlineData(0, 1)]
    [InlineData(2, 21)]
    [InlineData(10, 101)]
    public void Disconnects_OfManyWatchedByMany_AreToldInBatches(int overSeconds, int batchesOfOne)
    {
        using var fixture = new PresenceFixture();
        var ids = Enumerable.Range(0, Users).Select(i => $"user{i}").ToArray();
        var connections = ids.Select(id => fixture.Connect(id, id + "-laptop")).ToList();
        var watchers = Enumerable.Range(0, Watchers).Select(_ => fixture.Watch(ids)).ToList();

        foreach (var connection in connections.Take(Leaving))
        {
            connection.Close(wasSilent: false);
            fixture.Time.Advance(TimeSpan.FromSeconds(overSeconds) / Leaving);
        }

        fixture.Time.Advance(PresenceFixture.Options.LeaveGrace);
        fixture.Settle();

        var messages = watchers.Sum(watcher => watcher.Batches.Count);
        output.WriteLine($"{Leaving} disconnects within {overSeconds} s, told to {Watchers} watchers in {messages} messages");
        Assert.InRange(messages, Watchers, Watchers * batchesOfOne);
        foreach (var watcher in watchers)
        {
            Assert.Equal(ids.Take(Leaving).Order(StringComparer.Ordinal), watcher.Batches.SelectMany(batch => batch.WentOffline).Select(user => user.UserId).Order(StringComparer.Ordinal));
            Assert.All(watcher.Batches.SelectMany(batch => batch.Changed), user => Assert.Equal(Availability.Offline, user.Status));
        }
    }

    [Fact]
    public void Reconnects_OfMany_WithinTheGrace_AreNotTold()
    {
        using var fixture = new PresenceFixture();
        var ids = Enumerable.Range(0, Users).Select(i => $"user{i}").ToArray();
        var connections = ids.Select(id => fixture.Connect(id, id + "-laptop")).ToList();
        var watchers = Enumerable.Range(0, Watchers).Select(_ => fixture.Watch(ids)).ToList();

        foreach (var connection in connections)
            connection.Close(wasSilent: true);
        fixture.Time.Advance(TimeSpan.FromSeconds(2));
        foreach (var id in ids)
            fixture.Connect(id, id + "-laptop");
        fixture.Time.Advance(TimeSpan.FromSeconds(20));

        Assert.All(watchers, watcher => Assert.Empty(watcher.Batches));
    }
}
