using System.Net.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using RealtimeCollab.Redis;
using RealtimeCollab.Redis.Internal;
using RealtimeCollab.Sessions.Backplane;
using RealtimeCollab.Testing;

namespace RealtimeCollab.Server.Tests.Delivery.Backplane;

public sealed class RedisScaleOutTests(RedisServer server) : ScaleOutTests, IClassFixture<RedisServer>
{
    private readonly string _prefix = $"tests-{Guid.NewGuid():N}";
    private readonly List<RedisConnection> _connections = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected override IBackplane CreateBackplane()
    {
        var options = new RedisBackplaneOptions { ConnectionString = server.ConnectionString, Prefix = _prefix };
        var connection = new RedisConnection(options, TimeProvider.System, NullLogger<RedisConnection>.Instance);
        _connections.Add(connection);
        return new RedisBackplane(connection, options, Metrics, NullLogger<RedisBackplane>.Instance);
    }

    protected override ValueTask DisposeBackplanesAsync()
    {
        foreach (var connection in _connections)
            connection.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Redis_ThatWasAway_CarriesMessagesAgain_AlsoForThoseWhoJoinedMeanwhile()
    {
        var (here, there) = (Node(), Node());
        var a = await ConnectAsync(here, "a", group: "g");
        var b = await ConnectAsync(there, "b", group: "g");
        await here.SendGroupAsync("g", "M", ["before"], Cancellation);
        await ExpectAsync(a, "before");
        await ExpectAsync(b, "before");

        server.Kill();
        var late = await ConnectAsync(there, "late", group: "g");
        await here.SendGroupAsync("g", "M", ["away"], Cancellation);
        await ExpectAsync(a, "away");
        await server.StartAsync();

        // connections come back by themselves, each at its time: what is said until then is lost
        var heard = Task.WhenAll(b.ReadAsync(), late.ReadAsync());
        while (!heard.IsCompleted)
        {
            await here.SendGroupAsync("g", "M", ["again"], Cancellation);
            await ExpectAsync(a, "again");
            await Task.WhenAny(heard, Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, Cancellation));
        }

        Assert.All(await heard, frame => Assert.Contains("again", frame, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Subscription_ThatFailsWithItsConnection_ComesBackByItself()
    {
        var (here, there) = (CreateBackplane(), CreateBackplane());
        using var before = await here.SubscribeAsync("before", static _ => { });
        var heard = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        // Redis takes what is asked for and does not answer until it is killed
        await SendAsync("CLIENT PAUSE 600000 ALL");
        var subscribing = here.SubscribeAsync("c", _ => heard.TrySetResult()).AsTask();
        server.Kill();
        await server.StartAsync();
        using var subscription = await subscribing.WaitAsync(Support.Patience.Limit, Cancellation);

        using var patience = new CancellationTokenSource(Support.Patience.Limit, TimeProvider.System);
        while (!heard.Task.IsCompleted)
        {
            there.Publish("c", new byte[] { 1 });
            await Task.WhenAny(heard.Task, Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, patience.Token));
            patience.Token.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Sends a command by hand, and waits until Redis has taken it.</summary>
    private async Task SendAsync(string command)
    {
        var address = server.ConnectionString.Split(':');
        using var client = new TcpClient();
        await client.ConnectAsync(address[0], int.Parse(address[1], System.Globalization.CultureInfo.InvariantCulture), Cancellation);
        await client.GetStream().WriteAsync(System.Text.Encoding.ASCII.GetBytes(command + "\r\n"), Cancellation);
        var answer = new byte[5];
        await client.GetStream().ReadExactlyAsync(answer, Cancellation);
        Assert.Equal("+OK\r\n"u8.ToArray(), answer);
    }
}
