using System.Buffers;
using System.Net.Sockets;
using System.Text;

namespace RealtimeCollab.Benchmarks.Load;

/// <summary>A SignalR connection over JSON: one text of a message at a time, both ways.</summary>
internal sealed class HubConnection : IDisposable
{
    private const byte Separator = 0x1e;
    private readonly WebSocket _socket = new();
    private readonly ArrayBufferWriter<byte> _begun = new();

    public Socket Socket => _socket.Socket;

    public delegate void MessageHandler(ReadOnlySpan<byte> message);

    public void Connect(Uri address, string pathAndQuery)
    {
        _socket.Connect(address, pathAndQuery);
        Send("{\"protocol\":\"json\",\"version\":1}"u8);
        var answered = false;
        while (!answered)
            Receive(message => answered |= message.SequenceEqual("{}"u8));
    }

    /// <summary>Calls a hub method and waits for its result; what else arrives meanwhile is dropped.</summary>
    public string Invoke(string target, string argument)
    {
        Send(Encoding.UTF8.GetBytes($"{{\"type\":1,\"invocationId\":\"i\",\"target\":\"{target}\",\"arguments\":[{argument}]}}"));
        string? result = null;
        while (result is null)
        {
            Receive(message =>
            {
                if (message.StartsWith("{\"type\":3"u8))
                    result = Encoding.UTF8.GetString(message);
            });
        }

        return result.Contains("\"error\"", StringComparison.Ordinal) ? throw new InvalidOperationException(result) : result;
    }

    public void Send(ReadOnlySpan<byte> message)
    {
        Span<byte> text = stackalloc byte[message.Length + 1];
        message.CopyTo(text);
        text[^1] = Separator;
        _socket.Send(text);
    }

    public void Receive(MessageHandler onMessage) => _socket.Receive(payload =>
    {
        // a server may cut a message wherever its buffers end
        for (var end = payload.IndexOf(Separator); end >= 0; end = payload.IndexOf(Separator))
        {
            if (_begun.WrittenCount == 0)
            {
                onMessage(payload[..end]);
            }
            else
            {
                _begun.Write(payload[..end]);
                onMessage(_begun.WrittenSpan);
                _begun.ResetWrittenCount();
            }

            payload = payload[(end + 1)..];
        }

        _begun.Write(payload);
    });

    public void Dispose() => _socket.Dispose();
}
