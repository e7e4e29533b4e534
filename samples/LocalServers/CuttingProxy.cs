using System.Net;
using System.Net.Sockets;

namespace RealtimeCollab.LocalServers;

/// <summary>
/// A TCP proxy that can cut its connections, delay and hold what goes over them, swallow what the server answers, refuse new ones, and change
/// the server.
/// </summary>
public sealed class CuttingProxy : IAsyncDisposable
{
    private readonly Socket _listener = NewSocket();
    private readonly CancellationTokenSource _ending = new();
    private readonly HashSet<Socket> _open = [];
    private readonly Lock _gate = new();
    private readonly Task _accepting;
    private volatile TaskCompletionSource? _stall;

    /// <summary>Listens on a free port of 127.0.0.1.</summary>
    /// <param name="server">Where connections lead; only its host and port count.</param>
    public CuttingProxy(Uri server)
    {
        Server = server;
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen();
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndPoint!).Port}");
        _accepting = AcceptAsync();
    }

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    /// <summary>Where new connections lead.</summary>
    public Uri Server { get; set; }

    /// <summary>What the server sends from now on does not arrive.</summary>
    public bool SwallowsAnswers { get; set; }

    /// <summary>New connections are closed at once.</summary>
    public bool IsDown { get; set; }

    /// <summary>How long everything is under way, in either direction.</summary>
    public TimeSpan Latency { get; set; }

    /// <summary>Nothing moves, and nothing is closed.</summary>
    public bool IsStalled
    {
        get => _stall is not null;
        set
        {
            if (value)
                _stall ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            else
                Interlocked.Exchange(ref _stall, null)?.SetResult();
        }
    }

    /// <summary>Connections that it took.</summary>
    public int Accepted { get; private set; }

    /// <summary>Ends all connections at once, without a goodbye.</summary>
    public void Cut()
    {
        lock (_gate)
        {
            foreach (var socket in _open)
            {
                // without lingering, closing is a reset: what was under way is gone
                socket.LingerState = new LingerOption(enable: true, seconds: 0);
                socket.Close();
            }

            _open.Clear();
        }
    }

    /// <summary>Cuts all, and listens no more.</summary>
    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        Cut();
        await _accepting;
        _listener.Dispose();
        _ending.Dispose();
    }

    private static Socket NewSocket() => new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };

    private async Task AcceptAsync()
    {
        var relays = new List<Task>();
        try
        {
            while (true)
                relays.Add(RelayAsync(await _listener.AcceptAsync(_ending.Token)));
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(relays);
        }
    }

    private async Task RelayAsync(Socket client)
    {
        using var server = NewSocket();
        using (client)
        {
            try
            {
                var target = Server;
                await server.ConnectAsync(target.Host, target.Port, _ending.Token);
                if (!TryOpen(client, server, target))
                    return;

                // the end of either direction ends both
                await await Task.WhenAny(CopyAsync(client, server, isAnswer: false), CopyAsync(server, client, isAnswer: true));
            }
            catch (Exception end) when (end is SocketException or ObjectDisposedException or OperationCanceledException)
            {
                // cut, or there is no server: the client sees its connection closed
            }
            finally
            {
                Forget(client, server);
            }
        }
    }

    private bool TryOpen(Socket client, Socket server, Uri target)
    {
        lock (_gate)
        {
            // a connection that began before the server changed does not lead to the one before
            if (IsDown || target != Server || _ending.IsCancellationRequested)
                return false;

            Accepted++;
            return _open.Add(client) && _open.Add(server);
        }
    }

    private void Forget(Socket client, Socket server)
    {
        lock (_gate)
        {
            _open.Remove(client);
            _open.Remove(server);
        }
    }

    private async Task CopyAsync(Socket from, Socket to, bool isAnswer)
    {
        var buffer = new byte[16 * 1024];
        while (await from.ReceiveAsync(buffer, _ending.Token) is > 0 and var count)
        {
            if (isAnswer && SwallowsAnswers)
                continue;
            await DelayAsync();
            for (var sent = 0; sent < count;)
                sent += await to.SendAsync(buffer.AsMemory(sent, count - sent), _ending.Token);
        }
    }

    private async Task DelayAsync()
    {
        if (Latency > TimeSpan.Zero)
            await Task.Delay(Latency, TimeProvider.System, _ending.Token);
        if (_stall is { } stall)
            await stall.Task.WaitAsync(_ending.Token);
    }
}
