using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace RealtimeCollab.Protocol.MessagePack.Primitives;

/// <summary>
/// Writes values in the shortest form that the specification has for them; <see cref="MessagePackReader"/> reads them. Integers from 0 on are written
/// unsigned, fractions as 64 bits. Nothing may be taken from the output before <see cref="Flush"/>.
/// </summary>
internal ref struct MessagePackWriter(IBufferWriter<byte> output)
{
    private const int SmallestSpan = 256;
    private const int LongestHeader = 5;

    /// <summary>The largest integer that a double holds together with all smaller ones, as JavaScript's Number.MAX_SAFE_INTEGER.</summary>
    private const double MaxSafeInteger = 9007199254740991;

    private readonly IBufferWriter<byte> _output = output;
    private Span<byte> _span;
    private int _written;

    /// <summary>Tells the output how much was written.</summary>
    public void Flush()
    {
        _output.Advance(_written);
        _span = default;
        _written = 0;
    }

    public void WriteNil() => WriteByte(MessagePackCode.Nil);

    public void WriteBoolean(bool value) => WriteByte(value ? MessagePackCode.True : MessagePackCode.False);

    public void WriteInteger(long value)
    {
        if (value >= 0)
            WriteUnsigned((ulong)value);
        else if (value >= -32)
            WriteByte(unchecked((byte)value));
        else if (value >= sbyte.MinValue)
            WriteShort(MessagePackCode.Int8, unchecked((byte)value));
        else if (value >= short.MinValue)
            Write16(MessagePackCode.Int16, unchecked((ushort)value));
        else if (value >= int.MinValue)
            Write32(MessagePackCode.Int32, unchecked((uint)value));
        else
            Write64(MessagePackCode.Int64, unchecked((ulong)value));
    }

    public void WriteUnsigned(ulong value)
    {
        if (value <= MessagePackCode.MaxPositiveFixInt)
            WriteByte((byte)value);
        else if (value <= byte.MaxValue)
            WriteShort(MessagePackCode.UInt8, (byte)value);
        else if (value <= ushort.MaxValue)
            Write16(MessagePackCode.UInt16, (ushort)value);
        else if (value <= uint.MaxValue)
            Write32(MessagePackCode.UInt32, (uint)value);
        else
            Write64(MessagePackCode.UInt64, value);
    }

    /// <summary>A number as JavaScript has it: an integer, if it is one that a double holds exactly.</summary>
    public void WriteNumber(double value)
    {
        if (Math.Abs(value) <= MaxSafeInteger && Math.Floor(value) == value)
            WriteInteger((long)value);
        else
            Write64(MessagePackCode.Float64, BitConverter.DoubleToUInt64Bits(value));
    }

    public void WriteArrayHeader(int count) => WriteCount(count, MessagePackCode.FixArray, MessagePackCode.Array16, MessagePackCode.Array32);

    public void WriteMapHeader(int count) => WriteCount(count, MessagePackCode.FixMap, MessagePackCode.Map16, MessagePackCode.Map32);

    /// <summary>A string; half a surrogate pair becomes U+FFFD, as System.Text.Json writes one.</summary>
    public void WriteString(scoped ReadOnlySpan<char> text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        WriteStringHeader(length);
        var span = Reserve(length);
        _written += Encoding.UTF8.GetBytes(text, span);
    }

    /// <summary>A string that is UTF-8 already.</summary>
    public void WriteString(scoped ReadOnlySpan<byte> utf8)
    {
        WriteStringHeader(utf8.Length);
        WriteRaw(utf8);
    }

    public void WriteBinary(scoped ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length <= byte.MaxValue)
            WriteShort(MessagePackCode.Bin8, (byte)bytes.Length);
        else if (bytes.Length <= ushort.MaxValue)
            Write16(MessagePackCode.Bin16, (ushort)bytes.Length);
        else
            Write32(MessagePackCode.Bin32, (uint)bytes.Length);
        WriteRaw(bytes);
    }

    /// <summary>Whole values that were written before.</summary>
    public void WriteRaw(scoped ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Reserve(bytes.Length));
        _written += bytes.Length;
    }

    private void WriteStringHeader(int length)
    {
        if (length <= MessagePackCode.MaxFixStr)
            WriteByte((byte)(MessagePackCode.FixStr + length));
        else if (length <= byte.MaxValue)
            WriteShort(MessagePackCode.Str8, (byte)length);
        else if (length <= ushort.MaxValue)
            Write16(MessagePackCode.Str16, (ushort)length);
        else
            Write32(MessagePackCode.Str32, (uint)length);
    }

    private void WriteCount(int count, byte fix, byte code16, byte code32)
    {
        if (count <= MessagePackCode.MaxFixCount)
            WriteByte((byte)(fix + count));
        else if (count <= ushort.MaxValue)
            Write16(code16, (ushort)count);
        else
            Write32(code32, (uint)count);
    }

    private void WriteByte(byte value)
    {
        Reserve(1)[0] = value;
        _written++;
    }

    private void WriteShort(byte code, byte value)
    {
        var span = Reserve(2);
        (span[0], span[1]) = (code, value);
        _written += 2;
    }

    private void Write16(byte code, ushort value)
    {
        var span = Reserve(LongestHeader);
        span[0] = code;
        BinaryPrimitives.WriteUInt16BigEndian(span[1..], value);
        _written += 3;
    }

    private void Write32(byte code, uint value)
    {
        var span = Reserve(LongestHeader);
        span[0] = code;
        BinaryPrimitives.WriteUInt32BigEndian(span[1..], value);
        _written += 5;
    }

    private void Write64(byte code, ulong value)
    {
        var span = Reserve(9);
        span[0] = code;
        BinaryPrimitives.WriteUInt64BigEndian(span[1..], value);
        _written += 9;
    }

    private Span<byte> Reserve(int size)
    {
        if (_span.Length - _written < size)
        {
            Flush();
            _span = _output.GetSpan(Math.Max(size, SmallestSpan));
        }

        return _span[_written..];
    }
}
