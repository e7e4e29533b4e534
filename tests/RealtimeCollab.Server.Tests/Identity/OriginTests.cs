using System.Net;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using RealtimeCollab.Server.OpenApi;
using RealtimeCollab.Server.Tests.Support;

namespace RealtimeCollab.Server.Tests.Identity;

public sealed class OriginTests
{
    private const string Allowed = "https://app.example";

    private static readonly TestAppOptions Options = new()
    {
        Settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["RealtimeCollab:AllowedOrigins:0"] = Allowed },
    };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Allowed)]
    [InlineData("http://localhost:5173")]
    [InlineData("http://127.0.0.1:9999")]
    public async Task WebSocket_FromAllowedOrigin_Opens(string origin)
    {
        await using var app = await TestApp.StartAsync(Options);
        await using var client = await ConnectFromAsync(app, origin);
        Assert.NotNull(await client.NextAsync("Welcome"));
    }

    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("http://app.example")]
    [InlineData("https://app.example.evil.example")]
    [InlineData("null")]
    public async Task WebSocket_FromAnotherOrigin_IsRefusedBeforeTheUpgrade(string origin)
    {
        await using var app = await TestApp.StartAsync(Options);
        var refused = await Assert.ThrowsAsync<WebSocketException>(() => ConnectFromAsync(app, origin));
        Assert.Contains("403", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WebSocket_FromTheServersOwnPages_OpensOutsideDevelopmentToo()
    {
        await using var app = await TestApp.StartAsync();
        await using var client = await ConnectFromAsync(app, app.Address.GetLeftPart(UriPartial.Authority));
        Assert.NotNull(await client.NextAsync("Welcome"));
    }

    [Theory]
    [InlineData(Allowed, Allowed)]
    [InlineData("https://evil.example", null)]
    public async Task Preflight_NamesTheOriginOnlyIfItIsAllowed(string origin, string? expected)
    {
        await using var app = await TestApp.StartAsync(Options);
        using var request = new HttpRequestMessage(HttpMethod.Options, "/hubs/document/negotiate");
        request.Headers.Add("Origin", origin);
        request.Headers.Add("Access-Control-Request-Method", "POST");
        request.Headers.Add("Access-Control-Request-Headers", "authorization,x-signalr-user-agent");
        using var response = await app.Http.SendAsync(request, Cancellation);
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Equal(expected, response.Headers.TryGetValues("Access-Control-Allow-Origin", out var values) ? values.Single() : null);
    }

    [Fact]
    public async Task Preflight_OfEveryAddressOfTheApi_IsAnsweredWithoutAToken()
    {
        await using var app = await TestApp.StartAsync(Options);
        var routes = app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<ApiOperation>() is not null).Select(endpoint => endpoint.RoutePattern.RawText!).Distinct().ToList();
        Assert.True(routes.Count > 10);
        foreach (var route in routes)
        {
            using var request = new HttpRequestMessage(HttpMethod.Options, "/" + route.Trim('/').Replace("{", "", StringComparison.Ordinal).Replace("}", "", StringComparison.Ordinal));
            request.Headers.Add("Origin", Allowed);
            request.Headers.Add("Access-Control-Request-Method", "POST");
            using var response = await app.Http.SendAsync(request, Cancellation);
            Assert.True(response.StatusCode == HttpStatusCode.NoContent, $"{route}: {response.StatusCode}");
        }
    }

    private static async Task<RawHubClient> ConnectFromAsync(TestApp app, string origin)
    {
        var token = await app.GetTokenAsync("alice");
        return await RawHubClient.ConnectAsync(app.Address, token, configure: socket => socket.Options.SetRequestHeader("Origin", origin));
    }
}
