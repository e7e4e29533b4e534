using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;

namespace RealtimeCollab.Server.Tests.Fuzz;

/// <summary>Connects, sends what no client would, and goes; again and again.</summary>
internal sealed class Attacker(Uri server, string token, Random random) : IDisposable
{
    private const int MostHeldOpen = 20;

    private static readonly byte[] JsonHandshake = [.. Encoding.UTF8.GetBytes("{\"protocol\":\"json\",\"version\":1}"), 0x1E];
    private static readonly byte[] MessagePackHandshake = [.. Encoding.UTF8.GetBytes("{\"protocol\":\"messagepack\",\"version\":2}"), 0x1E];

    private readonly BadBytes _bytes = new(random, token);
    private readonly Queue<Socket> _heldOpen = new();

    /// <summary>One connection, however the server ends it.</summary>
    public async Task AttackAsync()
    {
        try
        {
            switch (random.Next(4))
            {
                case 0:
                    await OverHttpAsync();
                    break;
                case 1:
                    await OverWebSocketAsync(_bytes.Handshake, [], WebSocketMessageType.Text);
                    break;
                case 2:
                    await OverWebSocketAsync(_bytes.Json, JsonHandshake, WebSocketMessageType.Text);
                    break;
                default:
                    await OverWebSocketAsync(_bytes.MessagePack, MessagePackHandshake, WebSocketMessageType.Binary);
                    break;
            }
        }
        catch (Exception end) when (end is WebSocketException or SocketException or IOException)
        {
            // the server has had enough of it
        }
    }

    public void Dispose()
    {
        foreach (var socket in _heldOpen)
            socket.Dispose();
    }

    private async Task OverWebSocketAsync(Func<byte[]> draw, byte[] first, WebSocketMessageType type)
    {
        using var socket = new ClientWebSocket();
        var hub = random.Next(3) switch { 0 => "chat", 1 => "presence", _ => "document" };
        await socket.ConnectAsync(new UriBuilder(server) { Scheme = "ws", Path = "/hubs/" + hub, Query = $"access_token={token}" }.Uri, CancellationToken.None);
        if (first.Length > 0)
            await socket.SendAsync(first, type, endOfMessage: true, CancellationToken.None);
        for (var i = random.Next(1, 8); i > 0; i--)
            await socket.SendAsync(draw(), random.Next(10) == 0 ? WebSocketMessageType.Binary : type, endOfMessage: random.Next(8) > 0, CancellationToken.None);
        if (random.Next(2) == 0)
            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, statusDescription: null, CancellationToken.None);
    }

    private async Task OverHttpAsync()
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        _heldOpen.Enqueue(socket);
        await socket.ConnectAsync(server.Host, server.Port);
        await socket.SendAsync(_bytes.Http());
        // stays open, and says no more
        if (_heldOpen.Count > MostHeldOpen)
            _heldOpen.Dequeue().Dispose();
    }
}
