using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using RealtimeCollab.Server.Delivery;
using RealtimeCollab.Server.Documents;
using RealtimeCollab.Server.Tests.Support;
using RealtimeCollab.Testing;

namespace RealtimeCollab.Server.Tests.Connections;

/// <summary>Clients hear that the server is there, whoever sends its messages.</summary>
public sealed class KeepAliveTests
{
    private static readonly TimeSpan Interval = new DeliveryLimits().PingInterval;

    [Theory]
    [InlineData("document")]
    [InlineData("chat")]
    [InlineData("presence")]
    public async Task Connection_IsPingedWithinAnInterval(string hub)
    {
        var time = new ManualTime(TimeProvider.System.GetUtcNow());
        await using var app = await TestApp.StartAsync(new TestAppOptions { Time = time });
        await using var ada = await app.ConnectAsync("ada", hub: hub);
        Assert.False(ada.Pinged.IsCompleted);

        time.Advance(Interval);

        await ada.Pinged.WaitAsync(Patience.Limit, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task LifetimeManagerOfTheApplication_LeavesPingsToSignalR()
    {
        await using var ours = await TestApp.StartAsync();
        await using var theirs = await TestApp.StartAsync(new TestAppOptions
        {
            ConfigureServices = services => services.AddSingleton(typeof(HubLifetimeManager<>), typeof(Manager<>)),
        });

        Assert.Equal(TimeSpan.MaxValue, KeepAliveOf(ours));
        Assert.Equal(Interval, KeepAliveOf(theirs));
    }

    private static TimeSpan? KeepAliveOf(TestApp app) => app.Services.GetRequiredService<IOptions<HubOptions<DocumentHub>>>().Value.KeepAliveInterval;

    private sealed class Manager<THub>(ILogger<DefaultHubLifetimeManager<THub>> logger) : DefaultHubLifetimeManager<THub>(logger)
        where THub : Hub;
}
