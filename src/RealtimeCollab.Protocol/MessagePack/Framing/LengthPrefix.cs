using System.Buffers;

namespace RealtimeCollab.Protocol.MessagePack.Framing;

/// <summary>
/// What SignalR puts in front of each binary message: its length in bytes, 0 to 2^31-1, seven bits a byte from the lowest on, the highest bit of a byte
/// saying that another one follows.
/// </summary>
internal static class LengthPrefix
{
    /// <summary>Most bytes that a prefix has.</summary>
    public const int MaxLength = 5;

    /// <summary>Takes the next message, without its prefix, off the input; false, and nothing is taken, while it is not all there.</summary>
    /// <exception cref="InvalidDataException">The prefix says more than 2^31-1.</exception>
    public static bool TryTake(ref ReadOnlySequence<byte> input, out ReadOnlySequence<byte> body)
    {
        body = default;
        Span<byte> start = stackalloc byte[MaxLength];
        start = start[..(int)Math.Min(MaxLength, input.Length)];
        input.Slice(0, start.Length).CopyTo(start);
        if (!TryRead(start, out var length, out var prefix) || input.Length - prefix < length)
            return false;

        body = input.Slice(prefix, length);
        input = input.Slice(body.End);
        return true;
    }

    /// <summary>How many bytes the prefix of a length has.</summary>
    public static int LengthOf(int length)
    {
        var count = 1;
        for (var rest = length >> 7; rest > 0; rest >>= 7)
            count++;
        return count;
    }

    /// <summary>Writes the prefix of a length.</summary>
    public static void Write(int length, Span<byte> destination)
    {
        var at = 0;
        for (; length > 0x7f; length >>= 7)
            destination[at++] = (byte)(length | 0x80);
        destination[at] = (byte)length;
    }

    private static bool TryRead(ReadOnlySpan<byte> bytes, out int length, out int count)
    {
        ulong value = 0;
        for (count = 0; count < bytes.Length; count++)
        {
            value |= (ulong)(bytes[count] & 0x7f) << (count * 7);
            if (bytes[count] < 0x80)
            {
                length = value <= int.MaxValue ? (int)value : throw TooLong();
                count++;
                return true;
            }
        }

        length = 0;
        return bytes.Length < MaxLength ? false : throw TooLong();
    }

    private static InvalidDataException TooLong() => new("The length of a message is above 2147483647 bytes.");
}
