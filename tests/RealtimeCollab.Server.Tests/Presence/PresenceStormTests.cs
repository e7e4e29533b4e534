using Microsoft.Extensions.DependencyInjection;
using RealtimeCollab.Server.Tests.Support;
using RealtimeCollab.Sessions.Presence;

namespace RealtimeCollab.Server.Tests.Presence;

/// <summary>Many go at once, over real sockets on the watching side.</summary>
public sealed class PresenceStormTests(ITestOutputHelper output)
{
    private const int Users = 1_000;
    private const int Watchers = 100;
    private const int Leaving = 500;

    [Fact]
    public async Task Disconnects_OfManyWatchedByMany_ArriveInBatches()
    {
        await using var app = await TestApp.StartAsync(new TestAppOptions
        {
            ConfigureServices = services => services.AddSingleton(new PresenceOptions { LeaveGrace = TimeSpan.FromMilliseconds(200) }),
        });
        var tracker = app.Services.GetRequiredService<PresenceTracker>();
        var ids = Enumerable.Range(0, Users).Select(i => $"user{i}").ToArray();
        var connections = ids.Select(id => tracker.Connect(new PresenceIdentity(id, id, id + "-laptop", Device: null))).ToList();
        var watchers = new List<RawHubClient>();
        for (var i = 0; i < Watchers; i++)
        {
            var watcher = await app.ConnectAsync($"watcher{i % 4}", hub: "presence");
            await watcher.InvokeAsync("Watch", new { userIds = ids });
            watchers.Add(watcher);
        }

        foreach (var connection in connections.Take(Leaving))
            connection.Close(wasSilent: false);

        var messages = 0;
        foreach (var watcher in watchers)
        {
            var gone = new HashSet<string>(StringComparer.Ordinal);
            while (gone.Count < Leaving)
                gone.UnionWith((await watcher.NextAsync("UserOffline"))["users"]!.AsArray().Select(user => (string)user!["userId"]!));
            Assert.Equal(ids.Take(Leaving).ToHashSet(StringComparer.Ordinal), gone);
            messages += watcher.Received("PresenceChanged").Count + watcher.Received("UserOffline").Count;
            Assert.Empty(watcher.Received("UserOnline"));
            await watcher.DisposeAsync();
        }

        output.WriteLine($"{Leaving} disconnects, told to {Watchers} watchers in {messages} messages");
        Assert.InRange(messages, 2 * Watchers, 2 * Watchers * 20);
    }
}
