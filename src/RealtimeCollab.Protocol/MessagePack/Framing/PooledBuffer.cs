using System.Buffers;

namespace RealtimeCollab.Protocol.MessagePack.Framing;

/// <summary>Memory to write a message into, used again and again by its thread.</summary>
internal sealed class PooledBuffer : IBufferWriter<byte>, IDisposable
{
    private const int InitialCapacity = 1024;
    private const int KeptCapacity = 64 * 1024;

    [ThreadStatic]
    private static PooledBuffer? t_spare;

    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(InitialCapacity);
    private int _start;
    private int _end;

    private PooledBuffer()
    {
    }

    /// <summary>What has been written.</summary>
    public ReadOnlySpan<byte> Written => _bytes.AsSpan(_start, _end - _start);

    /// <summary>An empty buffer; disposing gives it back.</summary>
    public static PooledBuffer Rent()
    {
        var buffer = t_spare ?? new PooledBuffer();
        t_spare = null;
        // room for what Frame puts in front
        buffer._start = buffer._end = LengthPrefix.MaxLength;
        return buffer;
    }

    /// <summary>What has been written, with its length in front.</summary>
    public ReadOnlySpan<byte> Frame()
    {
        var length = _end - _start;
        var prefix = LengthPrefix.LengthOf(length);
        LengthPrefix.Write(length, _bytes.AsSpan(_start - prefix));
        return _bytes.AsSpan(_start - prefix, prefix + length);
    }

    /// <inheritdoc/>
    public void Advance(int count) => _end += count;

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Ensure(sizeHint);
        return _bytes.AsMemory(_end);
    }

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Ensure(sizeHint);
        return _bytes.AsSpan(_end);
    }

    /// <summary>Gives the buffer back to this thread, and what is large to all.</summary>
    public void Dispose()
    {
        if (t_spare is null && _bytes.Length <= KeptCapacity)
        {
            t_spare = this;
            return;
        }

        ArrayPool<byte>.Shared.Return(_bytes);
    }

    private void Ensure(int size)
    {
        // one byte at least: an empty span would look like the end of all memory
        if (_bytes.Length - _end > size)
            return;
        var needed = Math.Max(_bytes.Length * 2L, (long)_end + size + 1);
        var larger = ArrayPool<byte>.Shared.Rent((int)Math.Min(needed, Array.MaxLength));
        _bytes.AsSpan(0, _end).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = larger;
    }
}
