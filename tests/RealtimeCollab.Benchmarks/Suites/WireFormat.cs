using System.Buffers;
using System.Text.Json;
using BenchmarkDotNet.Attributes;
using RealtimeCollab.Benchmarks.Workloads;
using RealtimeCollab.OperationalTransform;

namespace RealtimeCollab.Benchmarks.Suites;

/// <summary>Reading and writing operations as JSON. Figures are per operation.</summary>
[MemoryDiagnoser]
public class WireFormat
{
    private readonly byte[][] _json = WireOperations.Json();
    private readonly TextOperation[] _operations = WireOperations.Operations();
    private readonly ArrayBufferWriter<byte> _buffer = new(1 << 20);

    /// <summary>Any documented form, as the hub reads them.</summary>
    [Benchmark(OperationsPerInvoke = WireOperations.Count)]
    public int Parse()
    {
        var length = 0;
        foreach (var json in _json)
            length += TextOperation.Parse(json).BaseLength;

        return length;
    }

    /// <summary>The canonical form.</summary>
    [Benchmark(OperationsPerInvoke = WireOperations.Count)]
    public int Write()
    {
        _buffer.ResetWrittenCount();
        using var writer = new Utf8JsonWriter(_buffer);
        WireOperations.Write(_operations, writer);
        return _buffer.WrittenCount;
    }
}
