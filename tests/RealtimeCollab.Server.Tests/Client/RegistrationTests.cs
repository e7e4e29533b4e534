using Microsoft.Extensions.DependencyInjection;
using RealtimeCollab.Client;
using RealtimeCollab.Server.Tests.Support;

namespace RealtimeCollab.Server.Tests.Client;

public sealed class RegistrationTests
{
    [Fact]
    public async Task Client_FromAContainer_ConnectsByItselfAndLeavesWithIt()
    {
        await using var app = await TestApp.StartAsync();
        var services = new ServiceCollection()
            .AddRealtimeCollabClient(_ => Alice(app), (_, options) => options with { Backoff = ClientTestExtensions.Impatient.Backoff })
            .BuildServiceProvider();

        var client = services.GetRequiredService<CollabClient>();
        var hers = await client.EditAsync("d");
        hers.Insert(0, "hello");
        await hers.SettleAsync();
        Assert.Same(client, services.GetRequiredService<CollabClient>());
        await services.DisposeAsync();

        Assert.False(client.IsConnected);
        Assert.Throws<ObjectDisposedException>(() => hers.Insert(0, "x"));
    }

    [Fact]
    public async Task ScopedClients_AreOneForEachScope()
    {
        await using var app = await TestApp.StartAsync();
        await using var services = new ServiceCollection()
            .AddRealtimeCollabClient(_ => Alice(app), lifetime: ServiceLifetime.Scoped)
            .BuildServiceProvider();
        await using var one = services.CreateAsyncScope();
        await using var other = services.CreateAsyncScope();
        var hers = await one.ServiceProvider.GetRequiredService<CollabClient>().EditAsync("d");
        var alsoHers = await other.ServiceProvider.GetRequiredService<CollabClient>().EditAsync("d");

        hers.Insert(0, "from one");
        await ClientTestExtensions.SettleAsync(hers, alsoHers);

        Assert.Equal("from one", alsoHers.Text);
        await hers.UntilAsync(document => document.Others().Count == 1);
    }

    private static CollabConnectionOptions Alice(TestApp app) =>
        new() { Server = app.Address, AccessToken = async _ => await app.GetTokenAsync("alice") };
}
