using System.Text.Json.Nodes;
using RealtimeCollab.Server.Tests.Chat;
using RealtimeCollab.Server.Tests.Support;

namespace RealtimeCollab.Server.Tests.Limits;

/// <summary>What all connections of one user may do together, on a clock that the test moves.</summary>
public sealed class UserLimitsTests
{
    [Fact]
    public async Task Operations_OverTwoConnectionsOfAUser_ShareOneRate()
    {
        var time = LimitedApp.StandingClock();
        await using var app = await TestApp.StartAsync(LimitedApp.With(time, ("OperationsPerSecond", "10"), ("OperationsPerSecondPerUser", "2")));
        await using var laptop = await EditAsync(app, "alice");
        await using var phone = await EditAsync(app, "alice");
        await using var bob = await EditAsync(app, "bob");
        await TypeAsync(laptop, 2);
        await TypeAsync(phone, 2);
        Assert.Equal("rate_limited", await phone.InvokeRefusedAsync("SubmitOperation", Requests.Submit("d", 0, new JsonArray("x"))));
        Assert.Equal("rate_limited", await laptop.InvokeRefusedAsync("SubmitOperation", Requests.Submit("d", 0, new JsonArray("x"))));
        await TypeAsync(bob, 2);

        time.Advance(TimeSpan.FromSeconds(0.5));
        await TypeAsync(laptop, 1);
        Assert.Equal("rate_limited", await phone.InvokeRefusedAsync("SubmitOperation", Requests.Submit("d", 0, new JsonArray("x"))));
    }

    [Fact]
    public async Task Operations_AfterConnectingAnew_HaveNoFreshBurst()
    {
        await using var app = await TestApp.StartAsync(LimitedApp.With(
            LimitedApp.StandingClock(), ("OperationsPerSecond", "10"), ("OperationsPerSecondPerUser", "2")));
        await using (var first = await EditAsync(app, "alice"))
            await TypeAsync(first, 4);
        await using var second = await EditAsync(app, "alice");
        Assert.Equal("rate_limited", await second.InvokeRefusedAsync("SubmitOperation", Requests.Submit("d", 0, new JsonArray("x"))));
    }

    [Fact]
    public async Task Rates_OfAUserThatAreNotSet_FollowThoseOfAConnection()
    {
        await using var app = await TestApp.StartAsync(LimitedApp.With(
            LimitedApp.StandingClock(), ("OperationsPerSecond", "0"), ("SelectionsPerSecond", "7"), ("MessagesPerSecondPerUser", "3")));
        await using var client = await RawHubClient.ConnectAsync(app.Address, await app.GetTokenAsync("alice"));
        var limits = (await client.NextAsync("Welcome"))["limits"]!;
        Assert.Equal(0, (int)limits["operationsPerSecondPerUser"]!);
        Assert.Equal(35, (int)limits["selectionsPerSecondPerUser"]!);
        Assert.Equal(3, (int)limits["messagesPerSecondPerUser"]!);
    }

    [Fact]
    public async Task Selections_OverTwoConnectionsOfAUser_ShareOneRate()
    {
        await using var app = await TestApp.StartAsync(LimitedApp.With(LimitedApp.StandingClock(), ("SelectionsPerSecondPerUser", "1")));
        await using var laptop = await EditAsync(app, "alice");
        await using var phone = await EditAsync(app, "alice");
        await laptop.InvokeAsync("UpdateSelection", new { documentId = "d", revision = 0 });
        await phone.InvokeAsync("UpdateSelection", new { documentId = "d", revision = 0 });
        Assert.Equal("rate_limited", await laptop.InvokeRefusedAsync("UpdateSelection", new { documentId = "d", revision = 0 }));
    }

    [Fact]
    public async Task Messages_OverTwoConnectionsOfAUser_ShareOneRate()
    {
        await using var app = await TestApp.StartAsync(LimitedApp.With(LimitedApp.StandingClock(), ("MessagesPerSecondPerUser", "1")));
        await app.CreateDocumentAsync("d");
        await using var laptop = await app.JoinAsync("alice", "d");
        await using var phone = await app.JoinAsync("alice", "d");
        await laptop.SayAsync("d", "one");
        await phone.SayAsync("d", "two");
        Assert.Equal("rate_limited", await laptop.InvokeRefusedAsync("SendMessage", new { roomId = "d", clientMessageId = "m", content = "three" }));
        Assert.Equal(2, (await phone.ReadAsync("d")).Count);
    }

    [Fact]
    public async Task Mentions_ByOneUserWithoutEnd_AreFew()
    {
        var time = LimitedApp.StandingClock();
        await using var app = await TestApp.StartAsync(LimitedApp.With(time));
        string[] invented = [.. Enumerable.Range(0, 50).Select(number => $"nobody-{number}")];
        await using var eve = await app.ConnectToChatAsync("eve");
        await eve.InvokeAsync("CreateRoom", new { roomId = "~mine", memberIds = invented });
        await eve.SayAsync("~mine", "all of you", "m1", invented);

        Assert.Equal("rate_limited", await eve.InvokeRefusedAsync("SendMessage", new { roomId = "~mine", clientMessageId = "m2", content = "again", mentions = invented }));
        var there = (string?)(await eve.ReadAsync("~mine"))[0]!["messageId"];
        Assert.Equal("rate_limited", await eve.InvokeRefusedAsync("EditMessage", new { roomId = "~mine", messageId = there, content = "you", mentions = invented }));
        await eve.SayAsync("~mine", "none of you");
        // 50 at 5 a second, of which 10 were there
        time.Advance(TimeSpan.FromSeconds(8));
        await using var again = await app.ConnectToChatAsync("eve");
        Assert.Equal("rate_limited", await again.InvokeRefusedAsync("SendMessage", new { roomId = "~mine", clientMessageId = "m2", content = "again", mentions = invented[..1] }));
        time.Advance(TimeSpan.FromSeconds(1));
        await again.SayAsync("~mine", "again", "m2", invented[..1]);

        Assert.Equal(["all of you", "none of you", "again"], (await eve.ReadAsync("~mine")).Select(message => (string?)message!["content"]));
    }

    [Theory]
    [InlineData("JoinsPerSecond")]
    [InlineData("JoinsPerSecondPerUser")]
    public async Task Joins_BeyondTheBurst_AreRateLimitedUntilTimeHasPassed(string limit)
    {
        var time = LimitedApp.StandingClock();
        await using var app = await TestApp.StartAsync(LimitedApp.With(time, (limit, "1")));
        await using var alice = await EditAsync(app, "alice");
        await alice.InvokeAsync("Subscribe", new { documentId = "d" });
        Assert.Equal("rate_limited", await alice.InvokeRefusedAsync("Subscribe", new { documentId = "d" }));
        time.Advance(TimeSpan.FromSeconds(1));
        await alice.InvokeAsync("Subscribe", new { documentId = "d" });

        await using var chatter = await app.JoinAsync("bob", "d");
        await chatter.InvokeAsync("JoinRoom", new { roomId = "d" });
        Assert.Equal("rate_limited", await chatter.InvokeRefusedAsync("JoinRoom", new { roomId = "d" }));
    }

    [Theory]
    [InlineData("ReadsPerSecond")]
    [InlineData("ReadsPerSecondPerUser")]
    public async Task Reads_BeyondTheBurst_AreRateLimitedUntilTimeHasPassed(string limit)
    {
        var time = LimitedApp.StandingClock();
        await using var app = await TestApp.StartAsync(LimitedApp.With(time, (limit, "1")));
        await using var alice = await EditAsync(app, "alice");
        // of the log's, and of one that it does not have: both are reads
        await alice.InvokeAsync("GetOperations", new { documentId = "d", fromRevision = 0 });
        Assert.Equal("revision_ahead", await alice.InvokeRefusedAsync("GetOperations", new { documentId = "d", fromRevision = 1_000 }));
        Assert.Equal("rate_limited", await alice.InvokeRefusedAsync("GetOperations", new { documentId = "d", fromRevision = 0 }));
        time.Advance(TimeSpan.FromSeconds(1));
        await alice.InvokeAsync("GetOperations", new { documentId = "d", fromRevision = 0 });
    }

    private static async Task<RawHubClient> EditAsync(TestApp app, string userId)
    {
        var client = await app.ConnectAsync(userId);
        await client.InvokeAsync("StartEditing", new { documentId = "d" });
        return client;
    }

    private static async Task TypeAsync(RawHubClient client, int operations)
    {
        for (var i = 0; i < operations; i++)
            await client.InvokeAsync("SubmitOperation", Requests.Submit("d", 0, new JsonArray("x")));
    }
}
