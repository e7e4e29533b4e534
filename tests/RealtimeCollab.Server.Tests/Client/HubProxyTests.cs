using RealtimeCollab.Client;
using RealtimeCollab.Client.Hubs;
using RealtimeCollab.Protocol;
using RealtimeCollab.Protocol.Documents;
using RealtimeCollab.Protocol.Presence;
using RealtimeCollab.Server.Tests.Support;

namespace RealtimeCollab.Server.Tests.Client;

/// <summary>The server's interfaces, called over connections as objects.</summary>
public sealed class HubProxyTests
{
    [Fact]
    public async Task Hubs_CalledThroughTheirInterfaces_AnswerAndCallBack()
    {
        await using var app = await TestApp.StartAsync();
        var alice = Connection(app, "alice");
        await using var documents = HubConnections.Build("document", alice, new CollabClientOptions());
        await using var presence = HubConnections.Build("presence", alice, new CollabClientOptions());
        await documents.StartAsync(TestContext.Current.CancellationToken);
        var listener = new PresenceListener();
        using var registration = presence.Register(listener);
        await presence.StartAsync(TestContext.Current.CancellationToken);
        var documentHub = new DocumentHubProxy(documents);
        var presenceHub = new PresenceHubProxy(presence);

        var snapshot = await documentHub.StartEditing(new StartEditingRequest { DocumentId = "d", InitialText = "hello" });
        await presenceHub.Watch(new WatchRequest { UserIds = ["alice"] });
        await presenceHub.SetStatus(new SetStatusRequest { Status = PresenceStatus.Busy, Text = "on the phone" });

        Assert.Equal("hello", snapshot.Content!.Document.ToString());
        Assert.Equal(alice.ClientId, (await listener.Welcomed.Task.WaitAsync(Patience.Limit, TestContext.Current.CancellationToken)).ClientId);
        var user = await listener.Changed.Task.WaitAsync(Patience.Limit, TestContext.Current.CancellationToken);
        Assert.Equal("alice", user.UserId);
    }

    [Fact]
    public async Task Refusal_OfAnyHub_CarriesItsCode()
    {
        await using var app = await TestApp.StartAsync();
        await using var presence = HubConnections.Build("presence", Connection(app, "alice"), new CollabClientOptions());
        await presence.StartAsync(TestContext.Current.CancellationToken);

        var refusal = await Assert.ThrowsAsync<CollabClientException>(() =>
            new PresenceHubProxy(presence).SetStatus(new SetStatusRequest { Status = PresenceStatus.Offline }));

        Assert.Equal(ErrorCodes.InvalidRequest, refusal.Code);
    }

    private static CollabConnectionOptions Connection(TestApp app, string user) =>
        new() { Server = app.Address, AccessToken = async _ => await app.GetTokenAsync(user) };

    private sealed class PresenceListener : IPresenceClient
    {
        public TaskCompletionSource<WelcomeMessage> Welcomed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource<PresenceUser> Changed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Welcome(WelcomeMessage message)
        {
            Welcomed.TrySetResult(message);
            return Task.CompletedTask;
        }

        public Task PresenceChanged(PresenceUsers message)
        {
            Changed.TrySetResult(message.Users[0]);
            return Task.CompletedTask;
        }

        public Task UserOnline(PresenceUsers message) => Task.CompletedTask;

        public Task UserOffline(PresenceUsers message) => Task.CompletedTask;

        public Task Error(ErrorMessage message) => Task.CompletedTask;
    }
}
