using RealtimeCollab.Client;
using RealtimeCollab.Client.Hubs;
using RealtimeCollab.Protocol;
using RealtimeCollab.Server.Tests.Support;

namespace RealtimeCollab.Server.Tests.Client;

public sealed class VersionTests
{
    [Fact]
    public async Task Versions_AreNamed_Listed_ReadAndRestored()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var app = await TestApp.StartAsync();
        await using var alice = await app.StartClientAsync("alice");
        var hers = await alice.EditAsync("d");
        hers.Insert(0, "draft");
        await hers.SettleAsync();
        var named = await hers.Versions.CreateAsync("First draft", cancellationToken: cancellation);
        hers.Replace(0, 5, "spoilt");
        await hers.SettleAsync();

        Assert.Equal((1, "First draft", "alice"), (named.Revision, named.Name, named.CreatedBy));
        Assert.Equal(named, Assert.Single(await hers.Versions.ListAsync(cancellation)));
        Assert.Equal("draft", (await hers.Versions.ReadAsync(named.Revision, cancellation)).Content.Document.ToString());

        var restored = await hers.Versions.RestoreAsync(named.Revision, cancellation);
        await hers.SettleAsync(restored);
        Assert.Equal("draft", hers.Text);
        Assert.Equal(3, restored);
    }

    [Fact]
    public async Task Refusals_OverHttp_CarryTheirCodes()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var app = await TestApp.StartAsync();
        await using var alice = await app.StartClientAsync("alice");
        await using var bob = await app.StartClientAsync("bob");
        var hers = await alice.EditAsync("d");
        var his = await bob.EditAsync("d");

        var ahead = await Assert.ThrowsAsync<CollabClientException>(() => hers.Versions.ReadAsync(99, cancellation));
        var notOwner = await Assert.ThrowsAsync<CollabClientException>(() => his.Versions.CreateAsync("mine", cancellationToken: cancellation));

        Assert.Equal(ErrorCodes.RevisionAhead, ahead.Code);
        Assert.Equal(ErrorCodes.PermissionDenied, notOwner.Code);
    }

    [Fact]
    public async Task Client_MadeWithoutHttp_SaysThatVersionsNeedIt()
    {
        await using var app = await TestApp.StartAsync();
        var token = await app.GetTokenAsync("alice");
        var connection = new CollabConnectionOptions { Server = app.Address, AccessToken = _ => ValueTask.FromResult<string?>(token) };
        await using var alice = new CollabClient(HubConnections.Build("document", connection, ClientTestExtensions.Impatient), ClientTestExtensions.Impatient);
        await alice.StartAsync(TestContext.Current.CancellationToken);
        var hers = await alice.EditAsync("d");

        await Assert.ThrowsAsync<InvalidOperationException>(() => hers.Versions.ListAsync(TestContext.Current.CancellationToken));
    }
}
