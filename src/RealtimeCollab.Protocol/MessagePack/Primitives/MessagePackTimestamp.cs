using System.Buffers.Binary;

namespace RealtimeCollab.Protocol.MessagePack.Primitives;

/// <summary>
/// Reads the extension type -1 of the specification, a point in time: seconds since 1970 in 32 bits; nanoseconds in 30 and seconds in 34 bits; or
/// nanoseconds in 32 and signed seconds in 64 bits. JavaScript's encoders write a Date so. It is not written: times of the contract are strings.
/// </summary>
internal static class MessagePackTimestamp
{
    private const uint NanosecondsPerSecond = 1_000_000_000;
    private const long NanosecondsPerTick = 100;

    // what a DateTimeOffset holds: the years 1 to 9999
    private static readonly long MinSeconds = DateTimeOffset.MinValue.ToUnixTimeSeconds();
    private static readonly long MaxSeconds = DateTimeOffset.MaxValue.ToUnixTimeSeconds();

    /// <summary>The time in UTC, cut to 100 nanoseconds.</summary>
    /// <exception cref="MessagePackException">It is none of the three forms, or out of the years 1 to 9999.</exception>
    public static DateTimeOffset Read(ReadOnlySpan<byte> data) => data.Length switch
    {
        4 => At(BinaryPrimitives.ReadUInt32BigEndian(data), nanoseconds: 0),
        8 => At64(BinaryPrimitives.ReadUInt64BigEndian(data)),
        12 => At(BinaryPrimitives.ReadInt64BigEndian(data[4..]), BinaryPrimitives.ReadUInt32BigEndian(data)),
        _ => throw Refused($"A timestamp has 4, 8 or 12 bytes, not {data.Length}."),
    };

    private static DateTimeOffset At64(ulong value) => At((long)(value & 0x3_FFFF_FFFF), (uint)(value >> 34));

    private static DateTimeOffset At(long seconds, uint nanoseconds)
    {
        if (nanoseconds >= NanosecondsPerSecond || seconds < MinSeconds || seconds > MaxSeconds)
            throw Refused("A timestamp lies out of the years 1 to 9999, or has a second of nanoseconds or more.");
        return DateTimeOffset.FromUnixTimeSeconds(seconds).AddTicks(nanoseconds / NanosecondsPerTick);
    }

    private static MessagePackException Refused(string message) => new(MessagePackFault.Type, message);
}
