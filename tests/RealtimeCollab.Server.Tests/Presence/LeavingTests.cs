using System.Text.Json.Nodes;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using RealtimeCollab.Server.Documents;
using RealtimeCollab.Server.Tests.Support;
using RealtimeCollab.Sessions.Presence;

namespace RealtimeCollab.Server.Tests.Presence;

/// <summary>Who goes, and who only seems to.</summary>
public sealed class LeavingTests
{
    private static readonly PresenceOptions Defaults = new();

    [Fact]
    public async Task User_WhoLosesOneDeviceAfterTheOther_IsOnlineUntilTheLast()
    {
        await using var app = await TestApp.StartAsync(With(Defaults with { LeaveGrace = TimeSpan.FromMilliseconds(200) }));
        await using var watcher = await app.ConnectAsync("grace", hub: "presence");
        var laptop = await app.ConnectAsync("ada", "clientId=ada-laptop");
        var phone = await app.ConnectAsync("ada", "clientId=ada-phone", hub: "presence");
        await watcher.InvokeAsync("Watch", new { userIds = new[] { "ada" } });

        await laptop.DisposeAsync();
        var left = await PresenceHubTests.NextAsync(watcher, "ada", ada => ada["devices"]!.AsArray().Count < 2);
        Assert.Equal(("online", "ada-phone"), ((string?)left["status"], (string?)left["devices"]![0]!["clientId"]));

        await phone.DisposeAsync();
        var gone = await watcher.NextAsync("UserOffline");
        Assert.Equal(("ada", "offline"), ((string?)gone["users"]![0]!["userId"], (string?)gone["users"]![0]!["status"]));
        Assert.Single(watcher.Received("UserOffline"));
    }

    [Fact]
    public async Task Page_ThatIsLoadedAgain_IsNotSeenToLeave()
    {
        await using var app = await TestApp.StartAsync(With(Defaults with { LeaveGrace = TimeSpan.FromHours(1) }));
        await using var watcher = await app.ConnectAsync("grace", hub: "presence");
        var page = await app.ConnectAsync("ada", "clientId=ada-tab");
        await page.InvokeAsync("StartEditing", new { documentId = "notes" });
        await watcher.InvokeAsync("Watch", new { userIds = new[] { "ada" }, documentIds = new[] { "notes" } });

        for (var i = 0; i < 5; i++)
        {
            await page.DisposeAsync();
            page = await app.ConnectAsync("ada", "clientId=ada-tab");
            await page.InvokeAsync("StartEditing", new { documentId = "notes" });
        }

        await page.InvokeAsync("SubmitOperation", Requests.Submit("notes", 0, new JsonArray("x")));
        await PresenceHubTests.NextAsync(watcher, "ada", ada => (string?)ada["status"] == "editing");
        Assert.Single(watcher.Received("PresenceChanged"));
        Assert.Empty(watcher.Received("UserOffline"));
        await page.DisposeAsync();
    }

    [Fact]
    public async Task User_WhoFallsSilent_CountsForTheShorterGrace()
    {
        await using var app = await TestApp.StartAsync(new TestAppOptions
        {
            ConfigureServices = services => services
                .AddSingleton(Defaults with { LeaveGrace = TimeSpan.FromHours(1), SilentLeaveGrace = TimeSpan.FromMilliseconds(1) })
                .PostConfigure<HubOptions<DocumentHub>>(hub => hub.ClientTimeoutInterval = TimeSpan.FromSeconds(1)),
        });
        await using var watcher = await app.ConnectAsync("grace", hub: "presence");
        await watcher.InvokeAsync("Watch", new { userIds = new[] { "ada" } });

        // sends its next ping only after the server has lost its patience
        await using var silent = await app.ConnectAsync("ada");

        var gone = await watcher.NextAsync("UserOffline");
        Assert.Equal("ada", (string?)gone["users"]![0]!["userId"]);
    }

    private static TestAppOptions With(PresenceOptions options) => new() { ConfigureServices = services => services.AddSingleton(options) };
}
