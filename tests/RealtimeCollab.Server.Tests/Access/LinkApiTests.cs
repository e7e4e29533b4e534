using System.Net;
using System.Text.Json.Nodes;
using RealtimeCollab.Server.Tests.Http;
using RealtimeCollab.Server.Tests.Support;
using RealtimeCollab.Testing;

namespace RealtimeCollab.Server.Tests.Access;

/// <summary>Links that let users in.</summary>
public sealed class LinkApiTests
{
    [Fact]
    public async Task Link_ThatIsRedeemed_MakesTheUserAMember()
    {
        await using var app = await TestApp.StartAsync(AccessApp.Private);
        await using var _ = await app.ShareAsync("d");
        var bob = await ApiClient.OfAsync(app, "bob");
        Assert.Equal(HttpStatusCode.Forbidden, (await bob.CallAsync("d")).Status);

        var (status, answer) = await RedeemAsync(app, "bob", await CreateAsync(app, "commenter"));

        Assert.Equal((HttpStatusCode.OK, """{"documentId":"d","role":"commenter"}"""), (status, answer.ToJsonString()));
        Assert.Equal("text", (string?)(await bob.GetAsync("d"))["content"]);
    }

    [Fact]
    public async Task Token_IsShownOnceAndIsLong()
    {
        await using var app = await TestApp.StartAsync(AccessApp.Private);
        await using var _ = await app.ShareAsync("d");
        var ada = await ApiClient.OfAsync(app, "ada");
        var (status, link) = await ada.CallAsync("d/links", """{"role":"viewer"}""");

        Assert.Equal(HttpStatusCode.Created, status);
        Assert.Matches("^[A-Za-z0-9_-]{43}$", (string?)link["token"]);
        var listed = Assert.Single((await ada.GetAsync("d/links"))["links"]!.AsArray())!.AsObject();
        Assert.False(listed.ContainsKey("token"));
        Assert.Equal(((string?)link["linkId"], "viewer", "ada"), ((string?)listed["linkId"], (string?)listed["role"], (string?)listed["createdBy"]));
        Assert.DoesNotContain(app.Logs.Lines, line => line.Text.Contains((string)link["token"]!, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Link_NeverLowersARole()
    {
        await using var app = await TestApp.StartAsync(AccessApp.Private);
        await using var _ = await app.ShareAsync("d", ("bob", "editor"));
        Assert.Equal("editor", (string?)(await RedeemAsync(app, "bob", await CreateAsync(app, "viewer"))).Answer["role"]);
        Assert.Equal("owner", (string?)(await RedeemAsync(app, "ada", await CreateAsync(app, "viewer"))).Answer["role"]);
    }

    [Fact]
    public async Task Link_BelowTheDefaultRole_LeavesTheUserThat()
    {
        await using var app = await TestApp.StartAsync();
        await using var _ = await app.ShareAsync("d");
        Assert.Equal("editor", (string?)(await RedeemAsync(app, "bob", await CreateAsync(app, "viewer"))).Answer["role"]);
    }

    [Fact]
    public async Task Link_DoesNotLetInWhoWasShutOut()
    {
        await using var app = await TestApp.StartAsync(AccessApp.Private);
        await using var _ = await app.ShareAsync("d", ("eve", "none"));
        Assert.Equal(HttpStatusCode.Forbidden, (await RedeemAsync(app, "eve", await CreateAsync(app, "viewer"))).Status);
    }

    [Fact]
    public async Task Link_ThatHasExpired_LetsNobodyIn()
    {
        var time = new ManualTime(TimeProvider.System.GetUtcNow());
        await using var app = await TestApp.StartAsync(AccessApp.Private with { Time = time });
        await using var _ = await app.ShareAsync("d");
        var token = await CreateAsync(app, "viewer", time.GetUtcNow().AddHours(1));
        Assert.Equal(HttpStatusCode.OK, (await RedeemAsync(app, "bob", token)).Status);

        time.Advance(TimeSpan.FromHours(1));

        await AssertRefusedAsync(app, "eve", token);
    }

    [Fact]
    public async Task Link_ThatWasRemoved_LetsNobodyInAndMembersStay()
    {
        await using var app = await TestApp.StartAsync(AccessApp.Private);
        await using var _ = await app.ShareAsync("d");
        var ada = await ApiClient.OfAsync(app, "ada");
        var (_, link) = await ada.CallAsync("d/links", """{"role":"viewer"}""");
        await RedeemAsync(app, "bob", (string)link["token"]!);

        for (var i = 0; i < 2; i++)
            Assert.Equal(HttpStatusCode.NoContent, (await ada.SendAsync(HttpMethod.Delete, $"/api/documents/d/links/{link["linkId"]}")).Status);

        await AssertRefusedAsync(app, "eve", (string)link["token"]!);
        Assert.Equal(HttpStatusCode.OK, (await (await ApiClient.OfAsync(app, "bob")).CallAsync("d")).Status);
    }

    [Theory]
    [InlineData("nothing-of-the-kind")]
    [InlineData("")]
    public async Task Token_ThatIsNone_IsRefusedAsAnExpiredOneIs(string token)
    {
        await using var app = await TestApp.StartAsync(AccessApp.Private);
        await AssertRefusedAsync(app, "eve", token);
        await AssertRefusedAsync(app, "eve", new string('x', 10_000));
    }

    [Theory]
    [InlineData("""{"role":"owner"}""")]
    [InlineData("""{"role":"none"}""")]
    [InlineData("""{"role":"viewer","expiresAt":"2020-01-01T00:00:00Z"}""")]
    [InlineData("{}")]
    public async Task Create_WithWhatALinkCannotGive_IsInvalidRequest(string body)
    {
        await using var app = await TestApp.StartAsync(AccessApp.Private);
        await using var _ = await app.ShareAsync("d");
        var (status, answer) = await (await ApiClient.OfAsync(app, "ada")).CallAsync("d/links", body);
        Assert.Equal((HttpStatusCode.BadRequest, "invalid_request"), (status, (string?)answer["code"]));
    }

    private static async Task<string> CreateAsync(TestApp app, string role, DateTimeOffset? expiresAt = null)
    {
        var expiry = expiresAt is { } at ? $",\"expiresAt\":\"{at:O}\"" : "";
        var (status, link) = await (await ApiClient.OfAsync(app, "ada")).CallAsync("d/links", $"{{\"role\":\"{role}\"{expiry}}}");
        Assert.Equal(HttpStatusCode.Created, status);
        return (string)link["token"]!;
    }

    private static async Task<(HttpStatusCode Status, JsonObject Answer)> RedeemAsync(TestApp app, string userId, string token) =>
        await (await ApiClient.OfAsync(app, userId)).SendAsync(HttpMethod.Post, "/api/links", new JsonObject { ["token"] = token }.ToJsonString());

    private static async Task AssertRefusedAsync(TestApp app, string userId, string token)
    {
        var (status, answer) = await RedeemAsync(app, userId, token);
        Assert.Equal((HttpStatusCode.Forbidden, "permission_denied"), (status, (string?)answer["code"]));
    }
}
