using System.Buffers.Binary;
using System.Security.Cryptography;

namespace RealtimeCollab.Client;

/// <summary>
/// How a record stands in a file: its length (4 bytes, little-endian), the first 8 bytes of the SHA-256 hash of what it holds, and what it
/// holds. A write that was cut off shows in one of the two.
/// </summary>
internal static class RecordFrame
{
    private const int LengthSize = 4;
    private const int HashSize = 8;
    private const int HeaderSize = LengthSize + HashSize;

    public static ReadOnlyMemory<byte> Write(IReadOnlyList<ReadOnlyMemory<byte>> records)
    {
        var bytes = new byte[records.Sum(record => HeaderSize + record.Length)];
        var rest = bytes.AsSpan();
        foreach (var record in records)
        {
            BinaryPrimitives.WriteInt32LittleEndian(rest, record.Length);
            Hash(record.Span).CopyTo(rest[LengthSize..]);
            record.Span.CopyTo(rest[HeaderSize..]);
            rest = rest[(HeaderSize + record.Length)..];
        }

        return bytes;
    }

    /// <summary>Reads records up to the end, or to the first that is not whole.</summary>
    /// <returns>The records, and how many bytes they take.</returns>
    public static (IReadOnlyList<ReadOnlyMemory<byte>> Records, int Whole) ReadAll(ReadOnlyMemory<byte> bytes)
    {
        var records = new List<ReadOnlyMemory<byte>>();
        var whole = 0;
        while (TryRead(bytes[whole..], out var record))
        {
            records.Add(record);
            whole += HeaderSize + record.Length;
        }

        return (records, whole);
    }

    private static bool TryRead(ReadOnlyMemory<byte> bytes, out ReadOnlyMemory<byte> record)
    {
        record = default;
        if (bytes.Length < HeaderSize)
            return false;

        var length = BinaryPrimitives.ReadInt32LittleEndian(bytes.Span);
        if (length <= 0 || length > bytes.Length - HeaderSize)
            return false;

        record = bytes.Slice(HeaderSize, length);
        return bytes.Span.Slice(LengthSize, HashSize).SequenceEqual(Hash(record.Span));
    }

    private static ReadOnlySpan<byte> Hash(ReadOnlySpan<byte> content) => SHA256.HashData(content).AsSpan(0, HashSize);
}
