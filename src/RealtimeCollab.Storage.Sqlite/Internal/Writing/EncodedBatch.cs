using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using RealtimeCollab.Sessions.Storage;

namespace RealtimeCollab.Storage.Sqlite.Internal.Writing;

/// <summary>
/// The texts and operations of a batch as bytes in one rented buffer, made by the caller's thread so that the writer's only binds
/// them. Each entry has four parts: client id, user id, operation id, operation.
/// </summary>
internal sealed class EncodedBatch : IDisposable
{
    private const int PartsPerEntry = 4;

    private static readonly JsonWriterOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    [ThreadStatic]
    private static Utf8JsonWriter? t_json;

    private readonly RentedBuffer _buffer = new();
    private readonly int[] _ends;
    private int _parts;

    private EncodedBatch(int entries) => _ends = ArrayPool<int>.Shared.Rent(entries * PartsPerEntry);

    public int Bytes => _buffer.Written.Length;

    public static EncodedBatch Encode(AppendBatch batch)
    {
        var encoded = new EncodedBatch(batch.Entries.Count);
        var json = t_json ??= new Utf8JsonWriter(encoded._buffer, Json);
        json.Reset(encoded._buffer);
        foreach (var entry in batch.Entries)
        {
            encoded.Add(entry.ClientId);
            encoded.Add(entry.UserId);
            encoded.Add(entry.OperationId);
            entry.Operation.WriteTo(json);
            json.Flush();
            json.Reset();
            encoded.EndPart();
        }

        json.Reset(Stream.Null);
        return encoded;
    }

    public ReadOnlySpan<byte> ClientId(int entry) => Part(entry * PartsPerEntry);

    public ReadOnlySpan<byte> UserId(int entry) => Part((entry * PartsPerEntry) + 1);

    public ReadOnlySpan<byte> OperationId(int entry) => Part((entry * PartsPerEntry) + 2);

    public ReadOnlySpan<byte> Operation(int entry) => Part((entry * PartsPerEntry) + 3);

    public void Dispose()
    {
        _buffer.Dispose();
        ArrayPool<int>.Shared.Return(_ends);
    }

    private void Add(string text)
    {
        Encoding.UTF8.GetBytes(text, _buffer);
        EndPart();
    }

    private void EndPart() => _ends[_parts++] = _buffer.Written.Length;

    private ReadOnlySpan<byte> Part(int part) => _buffer.Written[(part == 0 ? 0 : _ends[part - 1]).._ends[part]];
}
