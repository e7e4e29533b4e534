namespace RealtimeCollab.Protocol.MessagePack.Primitives;

/// <summary>The type of a value, whatever the form in which it was written.</summary>
internal enum MessagePackType
{
    Nil,
    Boolean,
    Integer,
    Float,
    String,
    Binary,
    Array,
    Map,
    Extension,
}

/// <summary>A value, or the beginning of an array or map. What does not belong to its <see cref="Type"/> is zero or empty.</summary>
internal readonly ref struct MessagePackToken
{
    public MessagePackType Type { get; init; }

    public bool Boolean { get; init; }

    /// <summary>An integer; above 2^63-1, its bits.</summary>
    public long Integer { get; init; }

    /// <summary>Whether <see cref="Integer"/> is to be taken as unsigned, being above 2^63-1.</summary>
    public bool IsBeyondInt64 { get; init; }

    public double Float { get; init; }

    /// <summary>Whether <see cref="Float"/> came in 32 bits.</summary>
    public bool IsSingle { get; init; }

    /// <summary>Items of an array, pairs of a map.</summary>
    public int Count { get; init; }

    /// <summary>The bytes of a string, of binary data or of an extension.</summary>
    public ReadOnlySpan<byte> Bytes { get; init; }

    public sbyte ExtensionType { get; init; }

    /// <summary>How many values belong to it that are still to be read.</summary>
    public int Children => Type == MessagePackType.Map ? Count * 2 : Count;

    /// <summary>Whether it is this string.</summary>
    public bool Is(ReadOnlySpan<byte> utf8) => Type == MessagePackType.String && Bytes.SequenceEqual(utf8);

    /// <summary>Whether it is an integer of 32 bits.</summary>
    public bool TryGetInt32(out int value)
    {
        value = unchecked((int)Integer);
        return Type == MessagePackType.Integer && !IsBeyondInt64 && value == Integer;
    }

    /// <summary>Whether it is an integer of 64 bits.</summary>
    public bool TryGetInt64(out long value)
    {
        value = Integer;
        return Type == MessagePackType.Integer && !IsBeyondInt64;
    }
}
