using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Hosting;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using RealtimeCollab.Server.Tests.Support;
using static RealtimeCollab.Server.Tests.Support.TestTokens;

namespace RealtimeCollab.Server.Tests.Identity;

public sealed class AuthenticationTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Negotiate_WithoutToken_IsUnauthenticated()
    {
        await using var app = await TestApp.StartAsync();
        using var response = await app.Http.PostAsync("/hubs/document/negotiate?negotiateVersion=1", content: null, Cancellation);
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("unauthenticated", await CodeOfAsync(response));
    }

    [Fact]
    public async Task WebSocket_WithoutToken_IsRefusedBeforeTheUpgrade()
    {
        await using var app = await TestApp.StartAsync();
        var refused = await Assert.ThrowsAsync<WebSocketException>(() => RawHubClient.ConnectAsync(app.Address, token: null));
        Assert.Contains("401", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(OtherKey, "alice", 2100)]
    [InlineData(Key, "alice", 2020)]
    [InlineData(Key, "", 2100)]
    [InlineData(Key, null, 2100)]
    public async Task Negotiate_WithTokenThatIsNotValid_IsUnauthenticated(string key, string? userId, int year)
    {
        await using var app = await StartWithKeyAsync();
        Assert.Equal(HttpStatusCode.Unauthorized, await NegotiateAsync(app, Sign(key, userId, year == 2020 ? Past : Future)));
    }

    [Fact]
    public async Task Negotiate_WithTokenSignedByTheKey_IsAccepted()
    {
        await using var app = await StartWithKeyAsync();
        Assert.Equal(HttpStatusCode.OK, await NegotiateAsync(app, Sign(Key, "alice", Future)));
    }

    [Fact]
    public async Task Negotiate_WithTokenWithoutEnd_IsUnauthenticated()
    {
        await using var app = await StartWithKeyAsync();
        Assert.Equal(HttpStatusCode.Unauthorized, await NegotiateAsync(app, Sign(Key, "alice", expires: null)));
    }

    [Fact]
    public async Task Negotiate_WithUnsignedToken_IsUnauthenticated()
    {
        await using var app = await StartWithKeyAsync();
        var unsigned = new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Claims = new Dictionary<string, object>(StringComparer.Ordinal) { ["sub"] = "alice" },
            Expires = Future,
        });
        Assert.Equal(HttpStatusCode.Unauthorized, await NegotiateAsync(app, unsigned));
    }

    [Theory]
    [InlineData("https://issuer.example", "collab", HttpStatusCode.OK)]
    [InlineData("https://other.example", "collab", HttpStatusCode.Unauthorized)]
    [InlineData("https://issuer.example", "other", HttpStatusCode.Unauthorized)]
    [InlineData(null, null, HttpStatusCode.Unauthorized)]
    public async Task Negotiate_WhenIssuerAndAudienceAreSet_BothHaveToMatch(string? issuer, string? audience, HttpStatusCode expected)
    {
        await using var app = await StartWithKeyAsync(("Issuer", "https://issuer.example"), ("Audience", "collab"));
        Assert.Equal(expected, await NegotiateAsync(app, Sign(Key, "alice", Future, issuer, audience)));
    }

    [Fact]
    public async Task DevelopmentToken_OutsideDevelopment_DoesNotExist()
    {
        await using var app = await StartWithKeyAsync();
        using var response = await app.Http.PostAsJsonAsync("/dev/token", new { userId = "alice", userName = "Alice" }, Cancellation);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Theory]
    [InlineData("", "Alice")]
    [InlineData(null, "Alice")]
    [InlineData("alice", null)]
    [InlineData("al\nice", "Alice")]
    public async Task DevelopmentToken_WithoutUser_IsInvalidRequest(string? userId, string? userName)
    {
        await using var app = await TestApp.StartAsync();
        using var response = await app.Http.PostAsJsonAsync("/dev/token", new { userId, userName }, Cancellation);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("invalid_request", await CodeOfAsync(response));
    }

    [Fact]
    public async Task DevelopmentToken_AfterARestart_IsStillValid()
    {
        var root = Directory.CreateTempSubdirectory("collab-test-");
        var first = await TestApp.StartAsync(new TestAppOptions { Root = root });
        var token = await first.GetTokenAsync("alice");
        await first.StopAsync();

        await using var second = await TestApp.StartAsync(new TestAppOptions { Root = root });
        Assert.Equal(HttpStatusCode.OK, await NegotiateAsync(second, token));
    }

    [Fact]
    public async Task DevelopmentKeyFile_IsReadableForItsOwnerOnly()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no file modes.");
        var root = Directory.CreateTempSubdirectory("collab-test-");
        await using var app = await TestApp.StartAsync(new TestAppOptions { Root = root });
        await app.GetTokenAsync("alice");
        var file = Assert.Single(root.GetFiles("*", SearchOption.AllDirectories));
        Assert.Equal("development-signing.key", file.Name);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, file.UnixFileMode);
    }

    [Fact]
    public async Task Token_InTheQueryOfAnOrdinaryRequest_IsNotRead()
    {
        await using var app = await TestApp.StartAsync();
        var token = await app.GetTokenAsync("alice");
        await using var client = await app.ConnectAsync("bob");
        using var live = await app.Http.GetAsync($"/health/live?access_token={token}", Cancellation);
        Assert.Equal(HttpStatusCode.OK, live.StatusCode);
        Assert.DoesNotContain(app.Logs.Lines, line => line.Text.Contains("alice", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Logs_DownToTheLastTrace_HoldNeitherTokensNorText()
    {
        await using var app = await TestApp.StartAsync();
        var token = await app.GetTokenAsync("alice");
        await using var client = await RawHubClient.ConnectAsync(app.Address, token);
        await client.InvokeAsync("StartEditing", new { documentId = "d", initialText = "MARKER-initial" });
        await client.InvokeAsync("SubmitOperation", Requests.Submit("d", 1, new JsonArray("MARKER-inserted")));
        await client.InvokeRefusedAsync("SubmitOperation", Requests.Submit("d", 1, new JsonArray(99, "MARKER-refused")));
        await client.InvokeRefusedAsync("SubmitOperation", new { documentId = "d", operation = "MARKER-misplaced" });

        Assert.Contains(app.Logs.Lines, line => line.Category.StartsWith("Microsoft.AspNetCore.SignalR", StringComparison.Ordinal));
        Assert.DoesNotContain(app.Logs.Lines, line => line.Text.Contains(token, StringComparison.Ordinal));
        Assert.DoesNotContain(app.Logs.Lines, line => line.Text.Contains("MARKER", StringComparison.Ordinal));
    }

    private static Task<TestApp> StartWithKeyAsync(params (string Name, string Value)[] auth) => TestApp.StartAsync(new TestAppOptions
    {
        Environment = Environments.Production,
        Settings = auth.Append(("SigningKey", Key)).ToDictionary(setting => $"RealtimeCollab:Auth:{setting.Item1}", setting => setting.Item2, StringComparer.Ordinal),
    });

    private static async Task<HttpStatusCode> NegotiateAsync(TestApp app, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/hubs/document/negotiate?negotiateVersion=1");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await app.Http.SendAsync(request, Cancellation);
        return response.StatusCode;
    }

    private static async Task<string?> CodeOfAsync(HttpResponseMessage response)
    {
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = await response.Content.ReadFromJsonAsync<JsonObject>(Cancellation);
        return (string?)problem!["code"];
    }
}
