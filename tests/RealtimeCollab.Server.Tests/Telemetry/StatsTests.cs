using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using RealtimeCollab.Server.Tests.Support;

namespace RealtimeCollab.Server.Tests.Telemetry;

public sealed class StatsTests
{
    [Fact]
    public async Task Stats_ForAnAdministrator_AreWhatHappened()
    {
        await using var app = await TestApp.StartAsync();
        await using var alice = await app.ConnectAsync("alice");
        await alice.InvokeAsync("StartEditing", new { documentId = "d" });
        for (var i = 0; i < 5; i++)
            await alice.InvokeAsync("SubmitOperation", Requests.Submit("d", i, new JsonArray("a")));
        await alice.InvokeRefusedAsync("Subscribe", new { documentId = "nowhere" });

        var (status, stats) = await GetAsync(app, await app.GetTokenAsync("root", role: "admin"));

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(1, (int)stats!["connections"]!["document"]!);
        Assert.Equal(0, (int)stats["connections"]!["chat"]!);
        Assert.Equal(1, (int)stats["sessions"]!["document"]!);
        Assert.Equal(1, (int)stats["users"]!);
        Assert.Equal(5, (int)stats["submissions"]!["committed"]!);
        Assert.Equal(5, (int)stats["commits"]!["count"]!);
        Assert.InRange((double)stats["commits"]!["p50Milliseconds"]!, 0.05, (double)stats["commits"]!["p99Milliseconds"]!);
        Assert.Equal(1, (int)stats["refusals"]!["document_not_found"]!);
        Assert.False((bool)stats["isDraining"]!);
        Assert.True((long)stats["process"]!["memoryBytes"]! > 0);
    }

    [Fact]
    public async Task Stats_ForOthers_AreRefused()
    {
        await using var app = await TestApp.StartAsync();
        Assert.Equal(HttpStatusCode.Forbidden, (await GetAsync(app, await app.GetTokenAsync("alice"))).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await GetAsync(app, token: null)).Status);
    }

    private static async Task<(HttpStatusCode Status, JsonNode? Body)> GetAsync(TestApp app, string? token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/stats");
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        using var response = await app.Http.SendAsync(request, TestContext.Current.CancellationToken);
        return (response.StatusCode, await response.Content.ReadFromJsonAsync<JsonNode>(TestContext.Current.CancellationToken));
    }
}
