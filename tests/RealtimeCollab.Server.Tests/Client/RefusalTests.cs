using RealtimeCollab.Client;
using RealtimeCollab.Protocol;
using RealtimeCollab.Server.Tests.Support;

namespace RealtimeCollab.Server.Tests.Client;

public sealed class RefusalTests
{
    [Fact]
    public async Task Open_ToReadADocumentThatIsNot_SaysSo()
    {
        await using var app = await TestApp.StartAsync();
        await using var alice = await app.StartClientAsync("alice");

        var refusal = await Assert.ThrowsAsync<CollabClientException>(() =>
            alice.OpenAsync("missing", new OpenDocumentOptions { ReadOnly = true }, TestContext.Current.CancellationToken));

        Assert.Equal(ErrorCodes.DocumentNotFound, refusal.Code);
        Assert.Equal("", (await alice.EditAsync("missing")).Text);
    }

    [Fact]
    public async Task Open_WithoutTheRight_SaysSo()
    {
        await using var app = await TestApp.StartAsync(new TestAppOptions { Settings = new Dictionary<string, string>(StringComparer.Ordinal) });
        await using var alice = await app.StartClientAsync("alice");
        await using var bob = await app.StartClientAsync("bob");
        await alice.EditAsync("hers");

        var refusal = await Assert.ThrowsAsync<CollabClientException>(() => bob.EditAsync("hers"));

        Assert.Equal(ErrorCodes.PermissionDenied, refusal.Code);
    }

    [Fact]
    public async Task Open_Twice_IsTheCallersMistake()
    {
        await using var app = await TestApp.StartAsync();
        await using var alice = await app.StartClientAsync("alice");
        var first = await alice.EditAsync("d");

        await Assert.ThrowsAsync<InvalidOperationException>(() => alice.EditAsync("d"));
        await first.DisposeAsync();

        await alice.EditAsync("d");
        Assert.Throws<ObjectDisposedException>(() => first.Insert(0, "x"));
    }

    [Fact]
    public async Task Start_WithABadToken_IsUnauthenticated()
    {
        await using var app = await TestApp.StartAsync();
        await using var client = Client(app.Address, "not a token");

        var refusal = await Assert.ThrowsAsync<CollabClientException>(() => client.StartAsync(TestContext.Current.CancellationToken));

        Assert.Equal(ErrorCodes.Unauthenticated, refusal.Code);
    }

    [Fact]
    public async Task Start_WithoutAServer_IsConnectionLost()
    {
        await using var client = Client(new Uri("http://127.0.0.1:9"), "any");

        var failure = await Assert.ThrowsAsync<CollabClientException>(() => client.StartAsync(TestContext.Current.CancellationToken));

        Assert.Equal(CollabClientException.ConnectionLost, failure.Code);
    }

    private static CollabClient Client(Uri server, string token) =>
        CollabClient.Create(new CollabConnectionOptions { Server = server, AccessToken = _ => ValueTask.FromResult<string?>(token) });
}
