using Microsoft.Extensions.DependencyInjection;
using RealtimeCollab.Server.Tests.Support;
using RealtimeCollab.Sessions.Presence;
using RealtimeCollab.Sessions.Presence.Nodes;
using RealtimeCollab.Sessions.Presence.Nodes.Memory;

namespace RealtimeCollab.Server.Tests.Presence;

/// <summary>Two servers that share a presence store.</summary>
public sealed class TwoNodesTests
{
    [Fact]
    public async Task User_OfOneServer_IsSeenOnTheOther_UntilThatServerIsGone()
    {
        var store = new MemoryPresenceStore(TimeProvider.System);
        await using var here = await TestApp.StartAsync(On(store));
        var there = await TestApp.StartAsync(On(store));
        await using var watcher = await here.ConnectAsync("grace", hub: "presence");
        await watcher.InvokeAsync("Watch", new { userIds = new[] { "ada" } });

        await using var ada = await there.ConnectAsync("ada", "clientId=ada-laptop", hub: "presence");
        await ada.InvokeAsync("SetStatus", new { status = "busy", text = "elsewhere" });
        var user = await PresenceHubTests.NextAsync(watcher, "ada", one => (string?)one["status"] == "busy");
        Assert.Equal(("elsewhere", "ada-laptop"), ((string?)user["text"], (string?)user["devices"]![0]!["clientId"]));

        await there.DisposeAsync();
        await PresenceHubTests.NextAsync(watcher, "ada", one => (string?)one["status"] == "offline");
    }

    private static TestAppOptions On(MemoryPresenceStore store) => new()
    {
        ConfigureServices = services => services
            .AddSingleton<IPresenceStore>(store)
            .AddSingleton(new PresenceOptions { NodeInterval = TimeSpan.FromMilliseconds(200), NodeLifetime = TimeSpan.FromSeconds(2) }),
    };
}
