using System.Text.Json.Nodes;
using RealtimeCollab.Server.Tests.Chat;
using RealtimeCollab.Server.Tests.Support;

namespace RealtimeCollab.Server.Tests.Presence;

public sealed class PresenceHubTests
{
    [Fact]
    public async Task User_OnTheDocumentHubAlone_IsSeenWithDeviceAndDocuments()
    {
        await using var app = await TestApp.StartAsync();
        await using var watcher = await app.ConnectAsync("grace", hub: "presence");
        var before = await watcher.InvokeAsync("Watch", new { userIds = new[] { "ada" } });
        Assert.Equal("offline", (string?)before!["users"]![0]!["status"]);

        await using var ada = await app.ConnectAsync("ada", "clientId=ada-laptop&device=Laptop");
        await ada.InvokeAsync("StartEditing", new { documentId = "notes" });

        var user = await NextAsync(watcher, "ada", one => one["documents"]!.AsArray().Count == 1);
        Assert.Equal("online", (string?)user["status"]);
        Assert.Equal("notes", (string?)user["documents"]![0]);
        Assert.Equal(("ada-laptop", "Laptop"), ((string?)user["devices"]![0]!["clientId"], (string?)user["devices"]![0]!["device"]));
        Assert.Equal("ada", (string?)(await watcher.NextAsync("UserOnline"))["users"]![0]!["userId"]);
    }

    [Fact]
    public async Task Edit_IsSeenByThoseWhoWatchTheDocument()
    {
        await using var app = await TestApp.StartAsync();
        await using var ada = await app.ConnectAsync("ada", "clientId=ada-laptop");
        await ada.InvokeAsync("StartEditing", new { documentId = "notes" });
        await using var watcher = await app.ConnectAsync("grace", hub: "presence");
        var members = await watcher.InvokeAsync("Watch", new { documentIds = new[] { "notes" } });
        Assert.Equal("ada", (string?)Assert.Single(members!["users"]!.AsArray())!["userId"]);

        await ada.InvokeAsync("SubmitOperation", Requests.Submit("notes", 0, new JsonArray("x")));

        await NextAsync(watcher, "ada", user => (string?)user["status"] == "editing");
    }

    [Fact]
    public async Task Status_OfADevice_GoesToWatchersWithItsText()
    {
        await using var app = await TestApp.StartAsync();
        await using var ada = await app.ConnectAsync("ada", hub: "presence");
        await using var watcher = await app.ConnectAsync("grace", hub: "presence");
        await watcher.InvokeAsync("Watch", new { userIds = new[] { "ada" } });

        await ada.InvokeAsync("SetStatus", new { status = "busy", text = "in a meeting" });
        var user = await NextAsync(watcher, "ada", one => (string?)one["status"] == "busy");
        Assert.Equal("in a meeting", (string?)user["text"]);

        await ada.InvokeAsync("SetStatus", new { status = "online" });
        await ada.InvokeAsync("Heartbeat", new { active = false });
        user = await NextAsync(watcher, "ada", one => (string?)one["status"] == "away");
        Assert.Null(user["text"]);
        var asked = await watcher.InvokeAsync("GetPresence", new { userIds = new[] { "ada", "nobody", "ada" } });
        Assert.Equal(["away", "offline"], asked!["users"]!.AsArray().Select(one => (string?)one!["status"]));
    }

    [Fact]
    public async Task Message_InARoom_IsSeenAsActivity()
    {
        await using var app = await TestApp.StartAsync();
        await app.CreateDocumentAsync("notes");
        await using var ada = await app.ConnectAsync("ada", "clientId=ada-laptop", hub: "presence");
        await using var watcher = await app.ConnectAsync("grace", hub: "presence");
        await watcher.InvokeAsync("Watch", new { userIds = new[] { "ada" } });
        await ada.InvokeAsync("Heartbeat", new { active = false });
        await NextAsync(watcher, "ada", one => (string?)one["status"] == "away");

        await using var chat = await app.ConnectToChatAsync("ada", "clientId=ada-laptop");
        await chat.SayAsync("notes", "back again");

        await NextAsync(watcher, "ada", one => (string?)one["status"] == "online");
    }

    [Fact]
    public async Task Sockets_WithOneClientId_AreOneDevice()
    {
        await using var app = await TestApp.StartAsync();
        await using var onDocuments = await app.ConnectAsync("ada", "clientId=ada-laptop");
        await using var onPresence = await app.ConnectAsync("ada", "clientId=ada-laptop", hub: "presence");
        await using var phone = await app.ConnectAsync("ada", "clientId=ada-phone", hub: "presence");

        var asked = await phone.InvokeAsync("GetPresence", new { userIds = new[] { "ada" } });

        Assert.Equal(["ada-laptop", "ada-phone"], asked!["users"]![0]!["devices"]!.AsArray().Select(device => (string?)device!["clientId"]));
    }

    [Fact]
    public async Task Unwatch_OfEverything_EndsTheMessages()
    {
        await using var app = await TestApp.StartAsync();
        await using var ada = await app.ConnectAsync("ada", hub: "presence");
        await using var watcher = await app.ConnectAsync("grace", hub: "presence");
        await watcher.InvokeAsync("Watch", new { userIds = new[] { "ada", "grace" } });
        await watcher.InvokeAsync("Unwatch", new { });

        await ada.InvokeAsync("SetStatus", new { status = "busy" });
        await watcher.InvokeAsync("Watch", new { userIds = new[] { "grace" } });
        await watcher.InvokeAsync("SetStatus", new { status = "away" });
        await NextAsync(watcher, "grace", user => (string?)user["status"] == "away");

        Assert.DoesNotContain(watcher.Received("PresenceChanged"), message => message["users"]!.AsArray().Any(user => (string?)user!["userId"] == "ada"));
    }

    internal static async Task<JsonNode> NextAsync(RawHubClient watcher, string userId, Func<JsonNode, bool> fits)
    {
        JsonNode? Find(JsonObject message) => message["users"]!.AsArray().FirstOrDefault(user => (string?)user!["userId"] == userId && fits(user));
        return Find(await watcher.NextAsync("PresenceChanged", message => Find(message) is not null))!;
    }
}
