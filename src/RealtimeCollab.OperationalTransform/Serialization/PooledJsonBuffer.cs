using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace RealtimeCollab.OperationalTransform;

/// <summary>A JSON writer with as few escapes as there can be, over memory that this thread uses again and again.</summary>
internal sealed class PooledJsonBuffer : IDisposable
{
    private const int KeptCapacity = 1 << 16;
    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [ThreadStatic]
    private static (ArrayBufferWriter<byte> Buffer, Utf8JsonWriter Writer)? t_spare;

    private readonly ArrayBufferWriter<byte> _buffer;

    public PooledJsonBuffer()
    {
        if (t_spare is { } spare)
        {
            t_spare = null;
            (_buffer, Writer) = spare;
        }
        else
        {
            _buffer = new ArrayBufferWriter<byte>(256);
            Writer = new Utf8JsonWriter(_buffer, Compact);
        }
    }

    public Utf8JsonWriter Writer { get; }

    /// <summary>How many bytes have been written.</summary>
    public int Length => checked((int)(Writer.BytesCommitted + Writer.BytesPending));

    public byte[] ToArray()
    {
        Writer.Flush();
        return _buffer.WrittenSpan.ToArray();
    }

    public void Dispose()
    {
        Writer.Flush();
        if (_buffer.Capacity > KeptCapacity)
        {
            Writer.Dispose();
            return;
        }

        _buffer.ResetWrittenCount();
        Writer.Reset();
        t_spare = (_buffer, Writer);
    }
}
