using System.Buffers.Binary;
using System.Text;

namespace RealtimeCollab.Server.Tests.Fuzz;

/// <summary>Draws what no client would send.</summary>
internal sealed class BadBytes(Random random, string token)
{
    private const byte RecordSeparator = 0x1E;

    private static readonly string[] Methods =
        ["SubmitOperation", "StartEditing", "Subscribe", "UpdateSelection", "GetOperations", "Heartbeat", "Unsubscribe", "Nothing", "OnConnectedAsync", "ToString", ""];

    private static readonly string[] Values =
    [
        "null", "{}", "[]", "\"\"", "0", "-1", "1e999", "9007199254740993", "\"\\ud800\"", "true", "[[[[[[]]]]]]", "{\"documentId\":\"d\"}",
        "{\"documentId\":null}", "{\"documentId\":{\"a\":1}}", "{\"documentId\":\"d\",\"operationId\":\"o\",\"baseRevision\":0,\"operation\":[-2147483648]}",
        "{\"documentId\":\"d\",\"operationId\":\"o\",\"baseRevision\":-1,\"operation\":[\"x\"]}",
        "{\"documentId\":\"d\",\"operationId\":\"o\",\"baseRevision\":0,\"operation\":{\"ops\":[{\"retain\":1e308}]}}",
        "{\"documentId\":\"../../etc\",\"documentId\":\"d\"}", "{\"documentIds\":[null,1,{}]}", "{\"documentId\":\"d\",\"fromRevision\":1e18,\"limit\":-5}",
    ];

    /// <summary>In the place of SignalR's handshake.</summary>
    public byte[] Handshake() => random.Next(7) switch
    {
        0 => Frame("{\"protocol\":\"soap\",\"version\":1}"),
        1 => Frame("{\"protocol\":\"json\",\"version\":99}"),
        2 => Frame("{\"protocol\":" + new string('[', 5_000)),
        3 => Encoding.UTF8.GetBytes("{\"protocol\":\"json\",\"version\":1}"),
        4 => Noise(random.Next(1, 2_000)),
        5 => Frame("{\"protocol\":\"" + new string('x', random.Next(100_000)) + "\",\"version\":1}"),
        _ => [RecordSeparator, RecordSeparator],
    };

    /// <summary>Behind a handshake for JSON.</summary>
    public byte[] Json() => random.Next(9) switch
    {
        0 => Noise(random.Next(1, 4_000)),
        1 => Frame(new string('[', random.Next(1, 20_000))),
        2 => Frame("{\"type\":1,\"target\":\"SubmitOperation\",\"arguments\":[" + new string('[', 500) + new string(']', 500) + "]}"),
        3 => Cut(Call()),
        4 => Frame("{\"type\":" + random.Next(-5, 99) + ",\"invocationId\":\"" + random.Next(9) + "\",\"item\":{},\"streamIds\":[\"1\"]}"),
        5 => Frame("{\"type\":1,\"x\":\"" + new string('x', 1_500_000) + "\"}"),
        6 => Changed(Call()),
        7 => [.. Enumerable.Range(0, 200).SelectMany(_ => Frame("{\"type\":6}"))],
        _ => Call(),
    };

    /// <summary>Behind a handshake for MessagePack.</summary>
    public byte[] MessagePack() => random.Next(6) switch
    {
        0 => Noise(random.Next(1, 4_000)),
        1 => Prefixed(Noise(random.Next(1, 2_000))),
        // announces more than there is: an array, a map, a string, of four thousand million
        2 => Prefixed([0x96, (byte)random.Next(0, 9), .. LengthOf((byte)random.Next(0xDB, 0xE0))]),
        3 => Prefixed([.. Enumerable.Repeat((byte)0x91, random.Next(1, 20_000)), 0xC0]),
        4 => [0xFF, 0xFF, 0xFF, 0xFF, 0xFF],
        _ => Cut(Prefixed(Noise(1_000))),
    };

    /// <summary>In the place of HTTP.</summary>
    public byte[] Http() => random.Next(4) switch
    {
        0 => Noise(random.Next(1, 4_000)),
        1 => Encoding.ASCII.GetBytes("GET /hubs/document?access_token=" + new string('a', 100_000)),
        // slow-loris: a request that never ends
        2 => Encoding.ASCII.GetBytes($"POST /api/broadcasts HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token}\r\nContent-Length: 10000\r\n\r\n{{"),
        _ => Encoding.ASCII.GetBytes("GET /hubs/document HTTP/1.1\r\nHost: localhost\r\nX-Slow: "),
    };

    private byte[] Call() => Frame(
        $$"""{"type":1,"invocationId":"{{random.Next(1_000)}}","target":"{{Pick(Methods)}}","arguments":[{{string.Join(',', Enumerable.Range(0, random.Next(3)).Select(_ => Pick(Values)))}}]}""");

    private byte[] Cut(byte[] bytes) => bytes[..random.Next(bytes.Length)];

    private byte[] Changed(byte[] bytes)
    {
        for (var i = random.Next(1, 6); i > 0; i--)
            bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        return bytes;
    }

    private byte[] Noise(int length)
    {
        var bytes = new byte[length];
        random.NextBytes(bytes);
        return bytes;
    }

    private T Pick<T>(T[] from) => from[random.Next(from.Length)];

    private static byte[] Frame(string text) => [.. Encoding.UTF8.GetBytes(text), RecordSeparator];

    private static byte[] LengthOf(byte code)
    {
        var bytes = new byte[5];
        bytes[0] = code;
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(1), uint.MaxValue);
        return bytes;
    }

    private static byte[] Prefixed(byte[] message)
    {
        var prefix = new List<byte>();
        for (var rest = message.Length; ; rest >>= 7)
        {
            if (rest < 0x80)
            {
                prefix.Add((byte)rest);
                return [.. prefix, .. message];
            }

            prefix.Add((byte)(rest | 0x80));
        }
    }
}
