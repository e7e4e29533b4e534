using System.Buffers;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using RealtimeCollab.Protocol.Json;
using RealtimeCollab.Protocol.MessagePack;

namespace RealtimeCollab.Protocol.Tests.Support;

/// <summary>The protocol under test, and bytes in the forms in which they come.</summary>
internal static class Wire
{
    public static CollabMessagePackProtocol Protocol { get; } = new(ProtocolJson.Options);

    public static byte[] Write(HubMessage message) => Protocol.GetMessageBytes(message).ToArray();

    /// <summary>Reads one message that is all of the input.</summary>
    public static HubMessage Read(ReadOnlySequence<byte> input, IInvocationBinder binder)
    {
        Assert.True(Protocol.TryParseMessage(ref input, binder, out var message));
        Assert.True(input.IsEmpty);
        return message;
    }

    public static HubMessage Read(byte[] frame, IInvocationBinder? binder = null) => Read(new ReadOnlySequence<byte>(frame), binder ?? new TestBinder());

    /// <summary>A message body with its length in front, as far as that is below 16,384.</summary>
    public static byte[] Frame(params byte[] body) =>
        body.Length < 0x80 ? [(byte)body.Length, .. body] : [(byte)(body.Length | 0x80), (byte)(body.Length >> 7), .. body];

    public static byte[] Hex(string hex) => Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));

    /// <summary>The same bytes, in segments of so many each.</summary>
    public static ReadOnlySequence<byte> InSegments(byte[] bytes, int size)
    {
        var first = new Segment(bytes.AsMemory(0, Math.Min(size, bytes.Length)), before: null);
        var last = first;
        for (var at = size; at < bytes.Length; at += size)
            last = new Segment(bytes.AsMemory(at, Math.Min(size, bytes.Length - at)), last);
        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(ReadOnlyMemory<byte> memory, Segment? before)
        {
            Memory = memory;
            if (before is null)
                return;
            RunningIndex = before.RunningIndex + before.Memory.Length;
            before.Next = this;
        }
    }
}
