using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using RealtimeCollab.Server.Notifications;
using RealtimeCollab.Server.Tests.Support;

namespace RealtimeCollab.Server.Tests.Chat;

/// <summary>Mentions, the application's notifications, and broadcasts.</summary>
public sealed class NotificationTests
{
    [Fact]
    public async Task Mention_OfSomeoneOnline_ReachesEveryDevice()
    {
        await using var app = await TestApp.StartAsync();
        await app.CreateDocumentAsync("notes");
        await using var ada = await app.JoinAsync("ada", "notes");
        await using var phone = await app.ConnectToChatAsync("bob", "clientId=phone");
        await using var laptop = await app.JoinAsync("bob", "notes", "clientId=laptop");

        await ada.SayAsync("notes", "look", "m1", "bob", "ada");

        foreach (var device in new[] { phone, laptop })
            Assert.Equal("look", (string?)(await device.NextAsync("Mentioned"))["message"]!["content"]);
        Assert.Empty((await NotificationsAsync(ada)).AsArray());
    }

    [Fact]
    public async Task Mention_OfSomeoneOffline_WaitsUntilAcknowledged()
    {
        await using var app = await TestApp.StartAsync();
        await app.CreateDocumentAsync("notes");
        await using var ada = await app.JoinAsync("ada", "notes");
        await ada.SayAsync("notes", "one", "m1", "bob");
        await ada.SayAsync("notes", "two", "m2", "bob");

        await using var bob = await app.ConnectToChatAsync("bob");
        var waiting = await NotificationsAsync(bob);
        Assert.Equal(["one", "two"], waiting.AsArray().Select(one => (string?)one!["message"]!["content"]));
        await bob.InvokeAsync("AcknowledgeNotifications", new { ids = new[] { (long)waiting[0]!["id"]! } });

        var left = Assert.Single((await NotificationsAsync(bob)).AsArray());
        Assert.Equal(("mention", "notes", "two"), ((string?)left!["type"], (string?)left["roomId"], (string?)left["message"]!["content"]));
        Assert.Empty((await NotificationsAsync(bob, (long)left["id"]!)).AsArray());
    }

    [Fact]
    public async Task Mention_InAMessageThatWasDeleted_SaysNoMore()
    {
        await using var app = await TestApp.StartAsync();
        await app.CreateDocumentAsync("notes");
        await using var ada = await app.JoinAsync("ada", "notes");
        var sent = await ada.SayAsync("notes", "secret", "m1", "bob");
        await ada.InvokeAsync("DeleteMessage", new { roomId = "notes", messageId = (string?)sent!["messageId"] });

        await using var bob = await app.ConnectToChatAsync("bob");
        var notification = Assert.Single((await NotificationsAsync(bob)).AsArray());

        Assert.Null(notification!["message"]);
    }

    [Fact]
    public async Task Mention_OfSomeoneWhoMayNotRead_NotifiesNobody()
    {
        await using var app = await TestApp.StartAsync(ChatApp.WithRole("none"));
        await app.CreateDocumentAsync("secret");
        await using var ada = await app.JoinAsync("ada", "secret");
        await ada.SayAsync("secret", "psst", "m1", "bob");

        await using var bob = await app.ConnectToChatAsync("bob");

        Assert.Empty((await NotificationsAsync(bob)).AsArray());
    }

    [Fact]
    public async Task Notify_FromTheApplication_ReachesUsersNowOrLater()
    {
        await using var app = await TestApp.StartAsync();
        await using var ada = await app.ConnectToChatAsync("ada");
        var notifications = app.Services.GetRequiredService<ICollabNotifications>();

        await notifications.NotifyAsync(["ada", "bob", "ada"], "Your export is ready.", "export", TestContext.Current.CancellationToken);

        var heard = await ada.NextAsync("NotificationReceived");
        Assert.Equal(("export", "Your export is ready."), ((string?)heard["type"], (string?)heard["text"]));
        await using var bob = await app.ConnectToChatAsync("bob");
        foreach (var user in new[] { ada, bob })
            Assert.Equal("Your export is ready.", (string?)Assert.Single((await NotificationsAsync(user)).AsArray())!["text"]);
    }

    [Fact]
    public async Task Broadcast_FromAnAdministrator_ReachesEveryone()
    {
        await using var app = await TestApp.StartAsync();
        await using var ada = await app.ConnectToChatAsync("ada");
        await using var bob = await app.ConnectToChatAsync("bob");

        using var answer = await PostAsync(app, await TokenAsync(app, "admin"), new { text = "Down at noon", type = "maintenance" });

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var id = (string?)(await answer.Content.ReadFromJsonAsync<JsonObject>(TestContext.Current.CancellationToken))!["broadcastId"];
        foreach (var user in new[] { ada, bob })
        {
            var heard = await user.NextAsync("BroadcastReceived");
            Assert.Equal(("Down at noon", "maintenance", id), ((string?)heard["text"], (string?)heard["type"], (string?)heard["broadcastId"]));
        }
    }

    [Theory]
    [InlineData(null, """{"text": "x"}""", HttpStatusCode.Unauthorized, "unauthenticated")]
    [InlineData("member", """{"text": "x"}""", HttpStatusCode.Forbidden, "permission_denied")]
    [InlineData("admin", "{", HttpStatusCode.BadRequest, "invalid_request")]
    [InlineData("admin", "{}", HttpStatusCode.BadRequest, "invalid_request")]
    [InlineData("admin", """{"text": ""}""", HttpStatusCode.BadRequest, "invalid_request")]
    [InlineData("admin", """{"text": "x", "type": "no spaces"}""", HttpStatusCode.BadRequest, "invalid_request")]
    public async Task Broadcast_ThatMayNotBe_ReachesNobody(string? role, string body, HttpStatusCode status, string code)
    {
        await using var app = await TestApp.StartAsync();
        await using var ada = await app.ConnectToChatAsync("ada");

        using var answer = await PostAsync(app, role is null ? null : await TokenAsync(app, role), JsonContent(body));
        using var allowed = await PostAsync(app, await TokenAsync(app, "admin"), new { text = "after it" });

        Assert.Equal(status, answer.StatusCode);
        Assert.Equal(code, (string?)(await answer.Content.ReadFromJsonAsync<JsonObject>(TestContext.Current.CancellationToken))!["code"]);
        Assert.Equal("after it", (string?)(await ada.NextAsync("BroadcastReceived"))["text"]);
        Assert.Single(ada.Received("BroadcastReceived"));
    }

    private static async Task<JsonNode> NotificationsAsync(RawHubClient client, long? afterId = null) =>
        (await client.InvokeAsync("GetNotifications", new { afterId }))!["notifications"]!;

    private static async Task<string> TokenAsync(TestApp app, string role)
    {
        using var response = await app.Http.PostAsJsonAsync("/dev/token", new { userId = "root", userName = "root", role }, TestContext.Current.CancellationToken);
        return (string)(await response.Content.ReadFromJsonAsync<JsonObject>(TestContext.Current.CancellationToken))!["token"]!;
    }

    private static StringContent JsonContent(string body) => new(body, System.Text.Encoding.UTF8, "application/json");

    private static Task<HttpResponseMessage> PostAsync(TestApp app, string token, object body) =>
        PostAsync(app, token, System.Net.Http.Json.JsonContent.Create(body));

    private static async Task<HttpResponseMessage> PostAsync(TestApp app, string? token, HttpContent body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/broadcasts") { Content = body };
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await app.Http.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
