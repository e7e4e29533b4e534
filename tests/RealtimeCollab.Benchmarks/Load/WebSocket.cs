using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace RealtimeCollab.Benchmarks.Load;

/// <summary>
/// The client's side of a WebSocket with next to no work of its own, so that one core of load does not measure itself: messages are
/// read in place, and masked with zeros, which leaves them as they are.
/// </summary>
internal sealed class WebSocket : IDisposable
{
    private const byte FinalText = 0x81;
    private const byte Masked = 0x80;
    private byte[] _received = new byte[64 * 1024];
    private int _count;
    private byte[] _frame = new byte[4 * 1024];

    public Socket Socket { get; } = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };

    public delegate void PayloadHandler(ReadOnlySpan<byte> payload);

    /// <summary>Connects and waits for the server's consent.</summary>
    public void Connect(Uri address, string pathAndQuery)
    {
        Socket.Connect(new IPEndPoint(IPAddress.Loopback, address.Port));
        Socket.Send(Encoding.ASCII.GetBytes(
            $"GET {pathAndQuery} HTTP/1.1\r\nHost: {address.Authority}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" +
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"));
        var end = -1;
        while (end < 0)
        {
            Fill();
            end = _received.AsSpan(0, _count).IndexOf("\r\n\r\n"u8);
        }

        if (!_received.AsSpan().StartsWith("HTTP/1.1 101"u8))
            throw new InvalidOperationException($"No WebSocket at {address}: {Encoding.ASCII.GetString(_received, 0, end)}");
        Consume(end + 4);
    }

    public void Send(ReadOnlySpan<byte> text)
    {
        var header = text.Length < 126 ? 6 : 8;
        if (_frame.Length < header + text.Length)
            _frame = new byte[header + text.Length];
        _frame[0] = FinalText;
        if (header == 6)
        {
            _frame[1] = (byte)(Masked | text.Length);
        }
        else
        {
            _frame[1] = Masked | 126;
            BinaryPrimitives.WriteUInt16BigEndian(_frame.AsSpan(2), checked((ushort)text.Length));
        }

        _frame.AsSpan(header - 4, 4).Clear();
        text.CopyTo(_frame.AsSpan(header));
        Socket.Send(_frame.AsSpan(0, header + text.Length));
    }

    /// <summary>Reads what is there, waits only if nothing is, and hands over each whole frame's payload.</summary>
    public void Receive(PayloadHandler onPayload)
    {
        Fill();
        var start = 0;
        while (TryReadFrame(_received.AsSpan(start, _count - start), out var header, out var length))
        {
            onPayload(_received.AsSpan(start + header, length));
            start += header + length;
        }

        Consume(start);
    }

    public void Dispose() => Socket.Dispose();

    private static bool TryReadFrame(ReadOnlySpan<byte> bytes, out int header, out int length)
    {
        (header, length) = (2, 0);
        if (bytes.Length < 2)
            return false;
        length = bytes[1] & 0x7F;
        if (length >= 126)
        {
            header = length == 126 ? 4 : 10;
            if (bytes.Length < header)
                return false;
            length = header == 4 ? BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]) : checked((int)BinaryPrimitives.ReadUInt64BigEndian(bytes[2..]));
        }

        return bytes.Length >= header + length;
    }

    private void Fill()
    {
        if (_count == _received.Length)
            Array.Resize(ref _received, _received.Length * 2);
        var read = Socket.Receive(_received.AsSpan(_count));
        if (read == 0)
            throw new InvalidOperationException("The server closed the connection.");
        _count += read;
    }

    private void Consume(int bytes)
    {
        _count -= bytes;
        if (_count > 0)
            _received.AsSpan(bytes, _count).CopyTo(_received);
    }
}
