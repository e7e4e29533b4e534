using RealtimeCollab.Server.Tests.Support;

namespace RealtimeCollab.Server.Tests.Documents;

/// <summary>Whose a client id is.</summary>
public sealed class ClientIdTests
{
    [Fact]
    public async Task ClientId_ThatTheClientChose_IsToldBack()
    {
        await using var app = await TestApp.StartAsync();
        await using var client = await ConnectAsync(app, "alice", "clientId=my-client");
        var welcome = await client.NextAsync("Welcome");
        Assert.Equal("my-client", (string?)welcome["clientId"]);
        Assert.Equal("alice", (string?)welcome["userId"]);
        Assert.Equal(1, (int)welcome["protocolVersion"]!);
        Assert.NotEmpty((string?)welcome["serverId"] ?? "");
    }

    [Fact]
    public async Task ClientId_WhenNoneIsChosen_IsMadeByTheServer()
    {
        await using var app = await TestApp.StartAsync();
        await using var one = await ConnectAsync(app, "alice", query: null);
        await using var two = await ConnectAsync(app, "alice", query: null);
        var first = (string?)(await one.NextAsync("Welcome"))["clientId"];
        Assert.NotEmpty(first ?? "");
        Assert.NotEqual(first, (string?)(await two.NextAsync("Welcome"))["clientId"]);
    }

    [Fact]
    public async Task ClientId_OfAnotherUser_IsReplaced()
    {
        await using var app = await TestApp.StartAsync();
        await using var alice = await app.ConnectAsync("alice", "clientId=hers");
        await using var mallory = await ConnectAsync(app, "mallory", "clientId=hers");
        Assert.NotEqual("hers", (string?)(await mallory.NextAsync("Welcome"))["clientId"]);
    }

    [Fact]
    public async Task ClientId_OfTheSameUsersOtherConnection_IsShared()
    {
        await using var app = await TestApp.StartAsync();
        await using var alice = await app.ConnectAsync("alice", "clientId=hers");
        await using var again = await ConnectAsync(app, "alice", "clientId=hers");
        Assert.Equal("hers", (string?)(await again.NextAsync("Welcome"))["clientId"]);
    }

    [Theory]
    [InlineData("clientId=a%20b")]
    [InlineData("device=a%0Ab")]
    public async Task Connection_WithMalformedQuery_IsClosedWithACode(string query)
    {
        await using var app = await TestApp.StartAsync();
        await using var client = await ConnectAsync(app, "alice", query);
        Assert.Equal("invalid_request", (string?)(await client.NextAsync("Error"))["code"]);
        await client.Closed.WaitAsync(Patience.Limit, TestContext.Current.CancellationToken);
    }

    private static async Task<RawHubClient> ConnectAsync(TestApp app, string userId, string? query) =>
        await RawHubClient.ConnectAsync(app.Address, await app.GetTokenAsync(userId), query);
}
