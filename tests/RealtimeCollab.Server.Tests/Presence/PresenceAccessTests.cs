using System.Security.Claims;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using RealtimeCollab.Protocol.Documents;
using RealtimeCollab.Server.Access;
using RealtimeCollab.Server.Identity;
using RealtimeCollab.Server.Tests.Support;
using RealtimeCollab.Sessions.Presence;
using RealtimeCollab.Sessions.Storage;
using RealtimeCollab.Testing;

namespace RealtimeCollab.Server.Tests.Presence;

/// <summary>Who may see whom, and what a request may hold.</summary>
public sealed class PresenceAccessTests
{
    [Fact]
    public async Task Document_ThatOneMayNotRead_IsNeitherWatchedNorSeen()
    {
        await using var app = await TestApp.StartAsync(With(new Rights { Denied = ["secret"] }));
        await using var ada = await app.ConnectAsync("ada");
        await ada.InvokeAsync("StartEditing", new { documentId = "secret" });
        await ada.InvokeAsync("StartEditing", new { documentId = "public" });
        await using var watcher = await app.ConnectAsync("grace", hub: "presence");

        Assert.Equal("permission_denied", await watcher.InvokeRefusedAsync("Watch", new { userIds = new[] { "ada" }, documentIds = new[] { "public", "secret" } }));
        Assert.Equal("document_not_found", await watcher.InvokeRefusedAsync("Watch", new { documentIds = new[] { "nowhere" } }));

        await ada.InvokeAsync("SubmitOperation", Requests.Submit("secret", 0, new JsonArray("x")));
        var users = await watcher.InvokeAsync("Watch", new { userIds = new[] { "ada" } });
        Assert.Equal("""["public"]""", users!["users"]![0]!["documents"]!.ToJsonString());
        Assert.Empty(watcher.Received("PresenceChanged"));
    }

    [Fact]
    public async Task Right_ThatIsRemoved_EndsTheWatchingOfTheDocument()
    {
        var (rights, time) = (new Rights(), new ManualTime(TimeProvider.System.GetUtcNow()));
        await using var app = await TestApp.StartAsync(With(rights) with { Time = time });
        await using var ada = await app.ConnectAsync("ada");
        await ada.InvokeAsync("StartEditing", new { documentId = "notes" });
        await using var adaHere = await app.ConnectAsync("ada", hub: "presence");
        await using var watcher = await app.ConnectAsync("grace", hub: "presence");
        await watcher.InvokeAsync("Watch", new { documentIds = new[] { "notes" } });

        rights.Denied = ["notes"];
        time.Advance(ReadableDocuments.Lifetime);
        await adaHere.InvokeAsync("SetStatus", new { status = "busy" });
        await watcher.InvokeAsync("Watch", new { userIds = new[] { "grace" } });
        await watcher.InvokeAsync("SetStatus", new { status = "busy" });
        time.Advance(new PresenceOptions().BatchInterval);
        await PresenceHubTests.NextAsync(watcher, "grace", user => (string?)user["status"] == "busy");

        Assert.DoesNotContain(watcher.Received("PresenceChanged"), message => message.ToJsonString().Contains("ada", StringComparison.Ordinal));
    }

    [Fact]
    public async Task User_WhomTheApplicationHides_IsNotSeen()
    {
        await using var app = await TestApp.StartAsync(new TestAppOptions
        {
            ConfigureServices = services => services.AddSingleton<IPresenceAuthorizer>(new Hiding("ada")),
        });
        await using var watcher = await app.ConnectAsync("grace", hub: "presence");

        Assert.Equal("permission_denied", await watcher.InvokeRefusedAsync("Watch", new { userIds = new[] { "linus", "ada" } }));
        Assert.Equal("permission_denied", await watcher.InvokeRefusedAsync("GetPresence", new { userIds = new[] { "ada" } }));
        Assert.NotNull(await watcher.InvokeAsync("Watch", new { userIds = new[] { "linus" } }));
    }

    [Theory]
    [InlineData("SetStatus", """{"status": "editing"}""")]
    [InlineData("SetStatus", """{"status": "offline"}""")]
    [InlineData("SetStatus", """{"status": "dancing"}""")]
    [InlineData("SetStatus", """{"status": 1}""")]
    [InlineData("SetStatus", """{}""")]
    [InlineData("SetStatus", """{"status": "busy", "text": "a\u0000b"}""")]
    [InlineData("SetStatus", """{"status": "busy", "text": "a\u202eb"}""")]
    [InlineData("SetStatus", """{"status": "busy", "text": "\ud800"}""")]
    [InlineData("Watch", """{"userIds": [""]}""")]
    [InlineData("Watch", """{"userIds": [null]}""")]
    [InlineData("Watch", """{"userIds": "ada"}""")]
    [InlineData("Watch", """{"documentIds": ["no/such"]}""")]
    [InlineData("Watch", """{"documentIds": [null]}""")]
    [InlineData("Unwatch", """{"userIds": ["a\u0000"]}""")]
    [InlineData("GetPresence", """{}""")]
    [InlineData("GetPresence", """{"userIds": null}""")]
    [InlineData("Heartbeat", """{"active": "yes"}""")]
    [InlineData("Heartbeat", """{}""")]
    public async Task Request_OfAnotherForm_IsRefusedAndChangesNothing(string method, string argument)
    {
        await using var app = await TestApp.StartAsync();
        await using var ada = await app.ConnectAsync("ada", hub: "presence");

        Assert.Equal("invalid_request", await ada.InvokeJsonRefusedAsync(method, argument));

        var self = (await ada.InvokeAsync("GetPresence", new { userIds = new[] { "ada" } }))!["users"]![0]!;
        Assert.Equal(("online", null), ((string?)self["status"], self["text"]));
    }

    [Fact]
    public async Task Text_LongerThanAllowed_IsRefused()
    {
        await using var app = await TestApp.StartAsync();
        await using var ada = await app.ConnectAsync("ada", hub: "presence");

        Assert.Equal("invalid_request", await ada.InvokeRefusedAsync("SetStatus", new { status = "busy", text = new string('x', 129) }));
        await ada.InvokeAsync("SetStatus", new { status = "busy", text = new string('x', 128) });
    }

    [Fact]
    public async Task Lists_LongerThanAllowed_AreRefused()
    {
        await using var app = await TestApp.StartAsync();
        await using var ada = await app.ConnectAsync("ada", hub: "presence");
        var limits = new PresenceOptions();
        string[] Ids(int count) => [.. Enumerable.Range(0, count).Select(i => $"u{i}")];

        Assert.Equal("rate_limited", await ada.InvokeRefusedAsync("Watch", new { userIds = Ids(limits.MaxWatchedUsers + 1) }));
        Assert.Equal("rate_limited", await ada.InvokeRefusedAsync("GetPresence", new { userIds = Ids(limits.MaxWatchedUsers + 1) }));
        Assert.Equal("rate_limited", await ada.InvokeRefusedAsync("Watch", new { documentIds = Ids(limits.MaxWatchedDocuments + 1) }));
        var users = await ada.InvokeAsync("Watch", new { userIds = Ids(limits.MaxWatchedUsers) });
        Assert.Equal(limits.MaxWatchedUsers, users!["users"]!.AsArray().Count);
        Assert.Equal("rate_limited", await ada.InvokeRefusedAsync("Watch", new { userIds = new[] { "one-more" } }));
    }

    [Fact]
    public async Task Calls_BeyondTheBurst_AreRateLimited()
    {
        var time = new ManualTime(TimeProvider.System.GetUtcNow());
        await using var app = await TestApp.StartAsync(new TestAppOptions { Time = time });
        await using var ada = await app.ConnectAsync("ada", hub: "presence");
        for (var i = 0; i < 40; i++)
            await ada.InvokeAsync("SetStatus", new { status = "busy" });

        Assert.Equal("rate_limited", await ada.InvokeRefusedAsync("SetStatus", new { status = "away" }));
        Assert.Equal("rate_limited", await ada.InvokeRefusedAsync("Heartbeat", new { active = true }));
        time.Advance(TimeSpan.FromSeconds(1));
        await ada.InvokeAsync("SetStatus", new { status = "away" });
    }

    private static TestAppOptions With(Rights rights) => new() { ConfigureServices = services => services.AddSingleton<IDocumentAuthorizer>(rights) };

    /// <summary>Ada may do everything; others may not read what is denied.</summary>
    private sealed class Rights : IDocumentAuthorizer
    {
        public IReadOnlyList<string> Denied { get; set; } = [];

        public ValueTask<DocumentRole> GetRoleAsync(ClaimsPrincipal user, DocumentHead document, CancellationToken cancellationToken) =>
            ValueTask.FromResult(CollabIdentity.GetUserId(user) == "ada" ? DocumentRole.Owner : Denied.Contains(document.DocumentId) ? DocumentRole.None : DocumentRole.Viewer);

        public ValueTask<bool> MayCreateAsync(ClaimsPrincipal user, string documentId, CancellationToken cancellationToken) => ValueTask.FromResult(true);
    }

    private sealed class Hiding(string hidden) : IPresenceAuthorizer
    {
        public ValueTask<bool> MaySeeAsync(ClaimsPrincipal caller, string userId, CancellationToken cancellationToken) => ValueTask.FromResult(userId != hidden);
    }
}
