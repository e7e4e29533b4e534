using System.Net;
using RealtimeCollab.Server.Tests.Access;
using RealtimeCollab.Server.Tests.Followers;
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

    [Fact]
    public async Task Requests_BeyondTheBurst_AreRefusedUntilTimeHasPassed()
    {
        var time = LimitedApp.StandingClock();
        await using var app = await TestApp.StartAsync(LimitedApp.With(time, ("RequestsPerSecondPerUser", "2")));
        var alice = await ApiClient.OfAsync(app, "alice");
        for (var number = 0; number < 4; number++)
            Assert.Equal(HttpStatusCode.Created, (await CreateAsync(alice, $"doc-{number}")).Status);

        Assert.Equal((HttpStatusCode.TooManyRequests, "rate_limited"), await CreateAsync(alice, "one-too-many"));
        Assert.Equal(HttpStatusCode.TooManyRequests, (await alice.SendAsync(HttpMethod.Get, "/api/stats")).Status);
        var bob = await ApiClient.OfAsync(app, "bob");
        Assert.Equal(HttpStatusCode.NotFound, (await bob.CallAsync("one-too-many")).Status);

        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.Created, (await CreateAsync(alice, "in-time")).Status);
    }

    [Fact]
    public async Task Streams_BeyondTheBurst_EndAtOnce_SoThatAnEventSourceComesBack()
    {
        var time = LimitedApp.StandingClock();
        await using var app = await TestApp.StartAsync(LimitedApp.With(time, ("RequestsPerSecondPerUser", "1")));
        var alice = await ApiClient.OfAsync(app, "alice");
        Assert.Equal(HttpStatusCode.Created, (await CreateAsync(alice, "d")).Status);
        await using (var last = await EventClient.OpenAsync(app, "alice", "d"))
            await last.NextAsync("snapshot");

        await using var refused = await EventClient.OpenAsync(app, "alice", "d");
        await refused.Ended.WaitAsync(Patience.Limit, TestContext.Current.CancellationToken);
        Assert.Empty(refused.Received("snapshot"));

        time.Advance(TimeSpan.FromSeconds(1));
        await using var follower = await EventClient.OpenAsync(app, "alice", "d");
        await follower.NextAsync("snapshot");
    }

    [Fact]
    public async Task Restorations_AreOperationsOfTheirUser()
    {
        var time = LimitedApp.StandingClock();
        await using var app = await TestApp.StartAsync(LimitedApp.With(time, ("OperationsPerSecondPerUser", "2")));
        var alice = await ApiClient.OfAsync(app, "alice");
        Assert.Equal(HttpStatusCode.Created, (await ImportAsync(alice, "Hello")).Status);
        for (var revision = 0; revision < 4; revision++)
            Assert.Equal(HttpStatusCode.OK, (await alice.CallAsync("d/restore", $$"""{"revision":{{revision % 2}}}""")).Status);

        Assert.Equal((HttpStatusCode.TooManyRequests, "rate_limited"), CodeOf(await alice.CallAsync("d/restore", """{"revision":0}""")));
        Assert.Equal((5, "Hello"), ((int)(await alice.GetAsync("d"))["revision"]!, (string?)(await alice.GetAsync("d"))["content"]));
    }

    [Fact]
    public async Task Versions_AsManyAsMayBe_AreNotMore()
    {
        await using var app = await TestApp.StartAsync(LimitedApp.With(LimitedApp.StandingClock(), ("MaxVersionsPerDocument", "2")));
        var alice = await ApiClient.OfAsync(app, "alice");
        await CreateAsync(alice, "d");
        for (var number = 0; number < 2; number++)
            Assert.Equal(HttpStatusCode.Created, (await alice.CallAsync("d/versions", $$"""{"name":"{{number}}","versionId":"v{{number}}"}""")).Status);

        Assert.Equal((HttpStatusCode.BadRequest, "invalid_request"), CodeOf(await alice.CallAsync("d/versions", """{"name":"2"}""")));
        // but one that is there was made by this very call
        var (status, there) = await alice.CallAsync("d/versions", """{"name":"again","versionId":"v1"}""");
        Assert.Equal((HttpStatusCode.Created, "1"), (status, (string?)there["name"]));
        Assert.Equal(2, (await alice.GetAsync("d/versions"))["versions"]!.AsArray().Count);
    }

    [Fact]
    public async Task Links_AsManyAsMayBe_AreNotMoreUntilOneHasExpired()
    {
        var time = LimitedApp.StandingClock();
        await using var app = await TestApp.StartAsync(LimitedApp.With(time, ("MaxLinksPerDocument", "2")));
        var alice = await ApiClient.OfAsync(app, "alice");
        await CreateAsync(alice, "d");
        Assert.Equal(HttpStatusCode.Created, (await alice.CallAsync("d/links", """{"role":"viewer"}""")).Status);
        var soon = time.GetUtcNow().AddMinutes(1).ToString("O");
        Assert.Equal(HttpStatusCode.Created, (await alice.CallAsync("d/links", $$"""{"role":"viewer","expiresAt":"{{soon}}"}""")).Status);

        Assert.Equal((HttpStatusCode.BadRequest, "invalid_request"), CodeOf(await alice.CallAsync("d/links", """{"role":"viewer"}""")));
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(HttpStatusCode.Created, (await alice.CallAsync("d/links", """{"role":"editor"}""")).Status);
        Assert.Equal(["editor", "viewer"], (await alice.GetAsync("d/links"))["links"]!.AsArray().Select(link => (string?)link!["role"]));
    }

    private static async Task<(HttpStatusCode Status, string? Code)> CreateAsync(ApiClient user, string documentId) =>
        CodeOf(await user.SendAsync(HttpMethod.Post, "/api/documents", $$"""{"documentId":"{{documentId}}"}"""));

    private static async Task<(HttpStatusCode Status, string? Code)> ImportAsync(ApiClient user, string text) =>
        CodeOf(await user.CallAsync("d/import", text));

    private static async Task<(HttpStatusCode Status, string? Code)> RedeemAsync(ApiClient user, string token) =>
        CodeOf(await user.SendAsync(HttpMethod.Post, "/api/links", $$"""{"token":"{{token}}"}"""));

    private static (HttpStatusCode Status, string? Code) CodeOf((HttpStatusCode Status, System.Text.Json.Nodes.JsonObject Answer) answered) =>
        (answered.Status, (string?)answered.Answer["code"]);
}
