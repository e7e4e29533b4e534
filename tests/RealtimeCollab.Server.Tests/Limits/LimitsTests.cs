using System.Text.Json.Nodes;
using RealtimeCollab.Server.Tests.Support;

namespace RealtimeCollab.Server.Tests.Limits;

/// <summary>What one connection may do, on a clock that the test moves.</summary>
public sealed class LimitsTests
{
    [Fact]
    public async Task Operations_BeyondTheBurst_AreRateLimitedUntilTimeHasPassed()
    {
        var time = LimitedApp.StandingClock();
        await using var app = await TestApp.StartAsync(Limited("OperationsPerSecond", 2, time));
        await using var alice = await app.ConnectAsync("alice");
        await alice.InvokeAsync("StartEditing", new { documentId = "d" });
        for (var i = 0; i < 4; i++)
            await alice.InvokeAsync("SubmitOperation", Requests.Submit("d", 0, new JsonArray("x")));
        Assert.Equal("rate_limited", await alice.InvokeRefusedAsync("SubmitOperation", Requests.Submit("d", 0, new JsonArray("x"))));

        time.Advance(TimeSpan.FromSeconds(0.5));
        await alice.InvokeAsync("SubmitOperation", Requests.Submit("d", 0, new JsonArray("x")));
        Assert.Equal("rate_limited", await alice.InvokeRefusedAsync("SubmitOperation", Requests.Submit("d", 0, new JsonArray("x"))));
        var snapshot = await alice.InvokeAsync("Subscribe", new { documentId = "d" });
        Assert.Equal("xxxxx", (string?)snapshot!["content"]);
    }

    [Fact]
    public async Task Operations_OfAnotherConnection_HaveARateOfTheirOwn()
    {
        await using var app = await TestApp.StartAsync(Limited("OperationsPerSecond", 1, LimitedApp.StandingClock()));
        await using var alice = await app.ConnectAsync("alice");
        await using var bob = await app.ConnectAsync("bob");
        await alice.InvokeAsync("StartEditing", new { documentId = "d" });
        await bob.InvokeAsync("StartEditing", new { documentId = "d" });
        for (var i = 0; i < 2; i++)
            await alice.InvokeAsync("SubmitOperation", Requests.Submit("d", 0, new JsonArray("a")));
        Assert.Equal("rate_limited", await alice.InvokeRefusedAsync("SubmitOperation", Requests.Submit("d", 0, new JsonArray("a"))));
        Assert.NotNull(await bob.InvokeAsync("SubmitOperation", Requests.Submit("d", 0, new JsonArray("b"))));
    }

    [Fact]
    public async Task Operations_WhenTheRateIsZero_AreNotLimited()
    {
        await using var app = await TestApp.StartAsync(Limited("OperationsPerSecond", 0, LimitedApp.StandingClock()));
        await using var alice = await app.ConnectAsync("alice");
        await alice.InvokeAsync("StartEditing", new { documentId = "d" });
        for (var i = 0; i < 500; i++)
            await alice.InvokeAsync("SubmitOperation", Requests.Submit("d", i, new JsonArray("x")));
        Assert.Empty(alice.Received("Error"));
    }

    [Fact]
    public async Task Selections_BeyondTheBurst_AreRateLimited()
    {
        await using var app = await TestApp.StartAsync(Limited("SelectionsPerSecond", 1, LimitedApp.StandingClock()));
        await using var alice = await app.ConnectAsync("alice");
        await alice.InvokeAsync("StartEditing", new { documentId = "d" });
        for (var i = 0; i < 2; i++)
            await alice.InvokeAsync("UpdateSelection", new { documentId = "d", revision = 0 });
        Assert.Equal("rate_limited", await alice.InvokeRefusedAsync("UpdateSelection", new { documentId = "d", revision = 0 }));
    }

    [Fact]
    public async Task Documents_BeyondTheLimit_AreRefusedUntilOneIsLeft()
    {
        await using var app = await TestApp.StartAsync(Limited("DocumentsPerConnection", 2, TimeProvider.System));
        await using var alice = await app.ConnectAsync("alice");
        await alice.InvokeAsync("StartEditing", new { documentId = "one" });
        await alice.InvokeAsync("StartEditing", new { documentId = "two" });
        Assert.Equal("rate_limited", await alice.InvokeRefusedAsync("StartEditing", new { documentId = "three" }));
        await alice.InvokeAsync("Subscribe", new { documentId = "two" });
        await alice.InvokeAsync("StopEditing", new { documentId = "one" });
        Assert.NotNull(await alice.InvokeAsync("StartEditing", new { documentId = "three" }));
    }

    [Fact]
    public async Task Document_ThatWouldGrowBeyondTheLimit_StaysAsItIs()
    {
        await using var app = await TestApp.StartAsync(Limited("MaxDocumentLength", 10, TimeProvider.System));
        await using var alice = await app.ConnectAsync("alice");
        await alice.InvokeAsync("StartEditing", new { documentId = "d", initialText = "12345678" });
        Assert.Equal("document_too_large", await alice.InvokeRefusedAsync("SubmitOperation", Requests.Submit("d", 1, new JsonArray("abc"))));
        Assert.NotNull(await alice.InvokeAsync("SubmitOperation", Requests.Submit("d", 1, new JsonArray("ab"))));
    }

    [Fact]
    public async Task Connections_OfOneUserBeyondTheLimit_AreClosedWithACode()
    {
        await using var app = await TestApp.StartAsync(Limited("ConnectionsPerUser", 1, TimeProvider.System));
        await using var first = await app.ConnectAsync("alice");
        await using var second = await RawHubClient.ConnectAsync(app.Address, await app.GetTokenAsync("alice"));
        Assert.Equal("rate_limited", (string?)(await second.NextAsync("Error"))["code"]);
        await second.Closed.WaitAsync(Patience.Limit, TestContext.Current.CancellationToken);
        await using var bob = await app.ConnectAsync("bob");
        Assert.NotNull(await first.InvokeAsync("Heartbeat", new { documentIds = Array.Empty<string>() }));
    }

    private static TestAppOptions Limited(string limit, int value, TimeProvider time) => LimitedApp.With(time, (limit, $"{value}"));
}
