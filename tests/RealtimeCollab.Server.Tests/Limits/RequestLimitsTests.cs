using System.Net;
using RealtimeCollab.Server.Tests.Access;
using RealtimeCollab.Server.Tests.Http;
using RealtimeCollab.Server.Tests.Support;

namespace RealtimeCollab.Server.Tests.Limits;

/// <summary>What one user may ask for over HTTP, on a clock that the test moves.</summary>
public sealed class RequestLimitsTests
{
    [Fact]
    public async Task Imports_BeyondTheBurst_AreRefusedUntilTimeHasPassed()
    {
        var time = LimitedApp.StandingClock();
        await using var app = await TestApp.StartAsync(LimitedApp.With(time, ("ImportsPerSecondPerUser", "1")));
        var alice = await ApiClient.OfAsync(app, "alice");
        Assert.Equal(HttpStatusCode.Created, (await ImportAsync(alice, "one")).Status);
        Assert.Equal(HttpStatusCode.OK, (await ImportAsync(alice, "two")).Status);

        Assert.Equal((HttpStatusCode.TooManyRequests, "rate_limited"), await ImportAsync(alice, "three"));
        Assert.Equal("two", (string?)(await alice.GetAsync("d"))["content"]);
        Assert.Equal(HttpStatusCode.OK, (await ImportAsync(await ApiClient.OfAsync(app, "bob"), "of another user")).Status);

        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.OK, (await ImportAsync(alice, "four")).Status);
    }

    [Fact]
    public async Task GuessedLinks_BeyondTheBurst_AreRefusedUnread()
    {
        var time = LimitedApp.StandingClock();
        await using var app = await TestApp.StartAsync(LimitedApp.With(time, ("LinkAttemptsPerSecondPerUser", "2")));
        await using var ada = await app.ShareAsync("d");
        var (_, link) = await (await ApiClient.OfAsync(app, "ada")).CallAsync("d/links", """{"role":"viewer"}""");
        var eve = await ApiClient.OfAsync(app, "eve");
        for (var guess = 0; guess < 4; guess++)
            Assert.Equal((HttpStatusCode.Forbidden, "permission_denied"), await RedeemAsync(eve, $"guess-{guess}"));

        // not even the right one
        Assert.Equal((HttpStatusCode.TooManyRequests, "rate_limited"), await RedeemAsync(eve, (string)link["token"]!));
        Assert.Equal(HttpStatusCode.OK, (await RedeemAsync(await ApiClient.OfAsync(app, "bob"), (string)link["token"]!)).Status);
    }

    private static async Task<(HttpStatusCode Status, string? Code)> ImportAsync(ApiClient user, string text) =>
        CodeOf(await user.CallAsync("d/import", text));

    private static async Task<(HttpStatusCode Status, string? Code)> RedeemAsync(ApiClient user, string token) =>
        CodeOf(await user.SendAsync(HttpMethod.Post, "/api/links", $$"""{"token":"{{token}}"}"""));

    private static (HttpStatusCode Status, string? Code) CodeOf((HttpStatusCode Status, System.Text.Json.Nodes.JsonObject Answer) answered) =>
        (answered.Status, (string?)answered.Answer["code"]);
}
