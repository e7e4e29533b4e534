using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using RealtimeCollab.Protocol;
using RealtimeCollab.Server.Documents;
using RealtimeCollab.Server.Tests.Support;

namespace RealtimeCollab.Server.Tests.Connections;

public sealed class GreetingTests
{
    [Fact]
    public async Task Connection_ThatCannotBeGreeted_LeavesNothingBehind()
    {
        await using var app = await TestApp.StartAsync(new TestAppOptions
        {
            ConfigureServices = services => services.AddSingleton(typeof(HubLifetimeManager<>), typeof(UngreetingManager<>)),
        });

        await Assert.ThrowsAnyAsync<Exception>(() => app.ConnectAsync("ada"));

        Assert.Empty(app.Services.GetRequiredService<DocumentConnections>().All);
    }

    /// <summary>SignalR's own, as of a backplane that fails with the first message.</summary>
    private sealed class UngreetingManager<THub>(ILogger<DefaultHubLifetimeManager<THub>> logger) : DefaultHubLifetimeManager<THub>(logger)
        where THub : Hub
    {
        public override Task SendConnectionAsync(string connectionId, string methodName, object?[] args, CancellationToken cancellationToken = default) =>
            methodName == nameof(ICollabClient.Welcome)
                ? Task.FromException(new InvalidOperationException("There is no backplane."))
                : base.SendConnectionAsync(connectionId, methodName, args, cancellationToken);
    }
}
