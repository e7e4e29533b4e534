using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using RealtimeCollab.Server.Tests.Support;

namespace RealtimeCollab.Server.Tests.Limits;

/// <summary>How many may be connected, and how long one may take to say who it is.</summary>
public sealed class ConnectionLimitsTests
{
    private static readonly byte[] LiveRequest = Encoding.ASCII.GetBytes("GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n");

    [Fact]
    public async Task Connections_OfOneAddressBeyondTheLimit_AreClosedWithACode()
    {
        await using var app = await TestApp.StartAsync(LimitedApp.With(TimeProvider.System, ("ConnectionsPerAddress", "2")));
        await using var alice = await app.ConnectAsync("alice");
        await using (var bob = await app.ConnectAsync("bob"))
        {
            await using var carol = await RawHubClient.ConnectAsync(app.Address, await app.GetTokenAsync("carol"));
            Assert.Equal("rate_limited", (string?)(await carol.NextAsync("Error"))["code"]);
            await carol.Closed.WaitAsync(Patience.Limit, TestContext.Current.CancellationToken);
            // other hubs count for themselves
            await using var chatter = await app.ConnectAsync("carol", hub: "chat");
            Assert.NotNull(await bob.InvokeAsync("Heartbeat", new { documentIds = Array.Empty<string>() }));
        }

        await UntilWelcomeAsync(app, "carol");
        Assert.NotNull(await alice.InvokeAsync("Heartbeat", new { documentIds = Array.Empty<string>() }));
    }

    [Fact]
    public async Task WebSocket_ThatSendsNoHandshake_IsClosed()
    {
        await using var app = await TestApp.StartAsync(LimitedApp.With(TimeProvider.System, ("HandshakeTimeout", "00:00:01")));
        await using var alice = await app.ConnectAsync("alice");
        using var silent = new ClientWebSocket();
        var address = new UriBuilder(app.Address) { Scheme = "ws", Path = "/hubs/document", Query = $"access_token={await app.GetTokenAsync("mallory")}" };
        await silent.ConnectAsync(address.Uri, TestContext.Current.CancellationToken);

        await UntilClosedAsync(silent).WaitAsync(Patience.Limit, TestContext.Current.CancellationToken);
        Assert.NotNull(await alice.InvokeAsync("Heartbeat", new { documentIds = Array.Empty<string>() }));
    }

    [Fact]
    public async Task Sockets_OfStrangersBeyondTheLimit_AreClosedAndUsersStay()
    {
        // one of the three is the test's own, which asks for tokens
        await using var app = await TestApp.StartAsync(LimitedApp.With(TimeProvider.System, ("UnauthenticatedConnectionsPerAddress", "3")) with
        {
            ConfigureServices = services => services.Configure<KestrelServerOptions>(
                kestrel => kestrel.ConfigureEndpointDefaults(listen => listen.UseRealtimeCollabLimits())),
        });
        var users = new List<RawHubClient>();
        for (var i = 0; i < 6; i++)
            users.Add(await app.ConnectAsync($"user-{i}"));

        using var first = await ConnectAsync(app);
        using (await ConnectAsync(app))
        {
            Assert.True(await IsRefusedAsync(app));
            foreach (var user in users)
                Assert.NotNull(await user.InvokeAsync("Heartbeat", new { documentIds = Array.Empty<string>() }));
        }

        await UntilServedAsync(app);
        foreach (var user in users)
            await user.DisposeAsync();
    }

    private static async Task UntilWelcomeAsync(TestApp app, string userId)
    {
        var limit = TimeProvider.System.GetTimestamp();
        while (true)
        {
            await using var client = await RawHubClient.ConnectAsync(app.Address, await app.GetTokenAsync(userId));
            await Task.WhenAny(client.NextAsync("Welcome"), client.NextAsync("Error"));
            if (client.Received("Welcome").Count > 0)
                return;
            Assert.True(TimeProvider.System.GetElapsedTime(limit) < Patience.Limit, "The place was never given back.");
        }
    }

    private static async Task UntilServedAsync(TestApp app)
    {
        var since = TimeProvider.System.GetTimestamp();
        while (true)
        {
            if (!await IsRefusedAsync(app))
                return;
            Assert.True(TimeProvider.System.GetElapsedTime(since) < Patience.Limit, "The place was never given back.");
        }
    }

    private static async Task UntilClosedAsync(ClientWebSocket socket)
    {
        var buffer = new byte[1024];
        try
        {
            while ((await socket.ReceiveAsync(buffer, TestContext.Current.CancellationToken)).MessageType != WebSocketMessageType.Close)
            {
            }
        }
        catch (WebSocketException)
        {
            // closed without a word, which will do too
        }
    }

    private static async Task<Socket> ConnectAsync(TestApp app)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(app.Address.Host, app.Address.Port, TestContext.Current.CancellationToken);
        return socket;
    }

    /// <summary>Connects and asks for something: a socket that is refused has no answer but its end.</summary>
    private static async Task<bool> IsRefusedAsync(TestApp app)
    {
        try
        {
            using var socket = await ConnectAsync(app);
            await socket.SendAsync(LiveRequest, TestContext.Current.CancellationToken);
            return await socket.ReceiveAsync(new byte[1024], TestContext.Current.CancellationToken).AsTask().WaitAsync(Patience.Limit) == 0;
        }
        catch (SocketException)
        {
            return true;
        }
    }
}
