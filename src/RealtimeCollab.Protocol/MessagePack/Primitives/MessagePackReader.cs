using System.Buffers.Binary;

namespace RealtimeCollab.Protocol.MessagePack.Primitives;

/// <summary>
/// Reads values from bytes, one token at a time; <see cref="MessagePackWriter"/> writes them. Takes every form of the specification, the longer than
/// needed too. A length or count that exceeds the bytes that are there is refused before anything is made of it.
/// </summary>
internal ref struct MessagePackReader(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    /// <summary>How many bytes have been read.</summary>
    public int Position { get; private set; }

    /// <summary>How many bytes are left.</summary>
    public readonly int Remaining => _bytes.Length - Position;

    /// <summary>Reads the next token.</summary>
    /// <exception cref="MessagePackException">There is none, or its bytes are not all there.</exception>
    public void Read(out MessagePackToken token)
    {
        var code = Take(1)[0];
        token = code switch
        {
            <= MessagePackCode.MaxPositiveFixInt => Integer(code),
            < MessagePackCode.FixArray => Map((uint)code - MessagePackCode.FixMap),
            < MessagePackCode.FixStr => Array((uint)code - MessagePackCode.FixArray),
            < MessagePackCode.Nil => Data(MessagePackType.String, (uint)code - MessagePackCode.FixStr),
            >= MessagePackCode.MinNegativeFixInt => Integer(unchecked((sbyte)code)),
            _ => ReadLong(code),
        };
    }

    /// <summary>Passes over a value with all that belongs to it.</summary>
    /// <returns>Its bytes.</returns>
    public ReadOnlySpan<byte> Skip()
    {
        var start = Position;
        for (long missing = 1; missing > 0; missing--)
        {
            Read(out var token);
            missing += token.Children;
        }

        return _bytes[start..Position];
    }

    private MessagePackToken ReadLong(byte code) => code switch
    {
        MessagePackCode.Nil => new MessagePackToken { Type = MessagePackType.Nil },
        MessagePackCode.False => new MessagePackToken { Type = MessagePackType.Boolean },
        MessagePackCode.True => new MessagePackToken { Type = MessagePackType.Boolean, Boolean = true },
        MessagePackCode.UInt8 => Integer(Take(1)[0]),
        MessagePackCode.UInt16 => Integer(TakeUInt16()),
        MessagePackCode.UInt32 => Integer(TakeUInt32()),
        MessagePackCode.UInt64 => Unsigned(BinaryPrimitives.ReadUInt64BigEndian(Take(8))),
        MessagePackCode.Int8 => Integer(unchecked((sbyte)Take(1)[0])),
        MessagePackCode.Int16 => Integer(BinaryPrimitives.ReadInt16BigEndian(Take(2))),
        MessagePackCode.Int32 => Integer(BinaryPrimitives.ReadInt32BigEndian(Take(4))),
        MessagePackCode.Int64 => Integer(BinaryPrimitives.ReadInt64BigEndian(Take(8))),
        MessagePackCode.Float32 => new MessagePackToken
        {
            Type = MessagePackType.Float, Float = BinaryPrimitives.ReadSingleBigEndian(Take(4)), IsSingle = true,
        },
        MessagePackCode.Float64 => new MessagePackToken { Type = MessagePackType.Float, Float = BinaryPrimitives.ReadDoubleBigEndian(Take(8)) },
        _ => ReadSized(code),
    };

    private MessagePackToken ReadSized(byte code) => code switch
    {
        MessagePackCode.Str8 => Data(MessagePackType.String, Take(1)[0]),
        MessagePackCode.Str16 => Data(MessagePackType.String, TakeUInt16()),
        MessagePackCode.Str32 => Data(MessagePackType.String, TakeUInt32()),
        MessagePackCode.Bin8 => Data(MessagePackType.Binary, Take(1)[0]),
        MessagePackCode.Bin16 => Data(MessagePackType.Binary, TakeUInt16()),
        MessagePackCode.Bin32 => Data(MessagePackType.Binary, TakeUInt32()),
        MessagePackCode.Array16 => Array(TakeUInt16()),
        MessagePackCode.Array32 => Array(TakeUInt32()),
        MessagePackCode.Map16 => Map(TakeUInt16()),
        MessagePackCode.Map32 => Map(TakeUInt32()),
        MessagePackCode.FixExt1 => Extension(1),
        MessagePackCode.FixExt2 => Extension(2),
        MessagePackCode.FixExt4 => Extension(4),
        MessagePackCode.FixExt8 => Extension(8),
        MessagePackCode.FixExt16 => Extension(16),
        MessagePackCode.Ext8 => Extension(Take(1)[0]),
        MessagePackCode.Ext16 => Extension(TakeUInt16()),
        MessagePackCode.Ext32 => Extension(TakeUInt32()),
        _ => throw new MessagePackException(MessagePackFault.Structure, "The byte 0xc1 begins no value."),
    };

    private static MessagePackToken Integer(long value) => new() { Type = MessagePackType.Integer, Integer = value };

    private static MessagePackToken Unsigned(ulong value) =>
        new() { Type = MessagePackType.Integer, Integer = unchecked((long)value), IsBeyondInt64 = value > long.MaxValue };

    private readonly MessagePackToken Array(uint count) => new() { Type = MessagePackType.Array, Count = Counted(count, bytesEach: 1) };

    private readonly MessagePackToken Map(uint count) => new() { Type = MessagePackType.Map, Count = Counted(count, bytesEach: 2) };

    private MessagePackToken Data(MessagePackType type, uint length) => new() { Type = type, Bytes = Take(length) };

    private MessagePackToken Extension(uint length)
    {
        var type = unchecked((sbyte)Take(1)[0]);
        return new MessagePackToken { Type = MessagePackType.Extension, ExtensionType = type, Bytes = Take(length) };
    }

    /// <summary>Every item has a byte at least, so a count that lies shows before anything is made for so many.</summary>
    private readonly int Counted(uint count, int bytesEach) =>
        (long)count * bytesEach <= Remaining
            ? (int)count
            : throw new MessagePackException(MessagePackFault.Structure, $"{count} items are announced, and {Remaining} bytes are left.");

    private ushort TakeUInt16() => BinaryPrimitives.ReadUInt16BigEndian(Take(2));

    private uint TakeUInt32() => BinaryPrimitives.ReadUInt32BigEndian(Take(4));

    private ReadOnlySpan<byte> Take(uint length)
    {
        if (length > (uint)Remaining)
            throw new MessagePackException(MessagePackFault.Structure, $"{length} bytes are announced, and {Remaining} are left.");

        var taken = _bytes.Slice(Position, (int)length);
        Position += (int)length;
        return taken;
    }
}
