using System.Net;
using System.Net.Sockets;

namespace RealtimeCollab.Storage.Tests;

/// <summary>
/// Stands between a client and a server: passes everything on until it is told to cut, and then passes on what the client says but
/// closes the connection in place of the answer. So the server has done it, and the client cannot know.
/// </summary>
internal sealed class AnswerCutter : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly int _serverPort;
    private readonly Task _accepting;
    private volatile bool _cutting;

    public AnswerCutter(int serverPort)
    {
        _serverPort = serverPort;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public void CutAnswers() => _cutting = true;

    public void Heal() => _cutting = false;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var relays = new List<Task>();
        try
        {
            while (true)
                relays.Add(RelayAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
        }
        catch (Exception end) when (end is OperationCanceledException or SocketException)
        {
            await Task.WhenAll(relays);
        }
    }

    private async Task RelayAsync(TcpClient client)
    {
        using (client)
        using (var server = new TcpClient())
        {
            await server.ConnectAsync(IPAddress.Loopback, _serverPort, _stop.Token);
            using var relay = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
            var there = CopyAsync(client.GetStream(), server.GetStream(), isAnswer: false, relay.Token);
            var back = CopyAsync(server.GetStream(), client.GetStream(), isAnswer: true, relay.Token);
            await Task.WhenAny(there, back);
            await relay.CancelAsync();
            await Task.WhenAll(there, back);
        }
    }

    private async Task CopyAsync(NetworkStream from, NetworkStream to, bool isAnswer, CancellationToken cancellationToken)
    {
        var buffer = new byte[65536];
        try
        {
            int read;
            while ((read = await from.ReadAsync(buffer, cancellationToken)) > 0 && !(isAnswer && _cutting))
                await to.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }
        catch (Exception end) when (end is OperationCanceledException or IOException)
        {
            // one side has closed: the relay ends
        }
    }
}
