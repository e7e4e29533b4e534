using BenchmarkDotNet.Attributes;
using RealtimeCollab.Benchmarks.Workloads;
using RealtimeCollab.OperationalTransform;

namespace RealtimeCollab.Benchmarks.Suites;

/// <summary>One character inserted at random places of a large document. Figures are per edit.</summary>
[MemoryDiagnoser]
public class RandomEdits
{
    private LargeDocument _large = null!;
    private DocumentBuilder _builder = null!;

    /// <summary>UTF-16 code units.</summary>
    [Params(1_000_000, 10_000_000)]
    public int Length { get; set; }

    /// <summary>Loads the document.</summary>
    [GlobalSetup]
    public void Setup()
    {
        _large = new LargeDocument(Length);
        _builder = _large.Document.ToBuilder();
    }

    /// <summary>A document for every edit.</summary>
    [Benchmark(OperationsPerInvoke = LargeDocument.Places)]
    public Document Documents()
    {
        var document = _large.Document;
        for (var k = 0; k < LargeDocument.Places; k++)
            document = document.Apply(_large.Edit(k, document.Length));

        return document;
    }

    /// <summary>One writer, and a snapshot at the end.</summary>
    [Benchmark(OperationsPerInvoke = LargeDocument.Places)]
    public Document Builder()
    {
        for (var k = 0; k < LargeDocument.Places; k++)
            _builder.Apply(_large.Edit(k, _builder.Length));

        return _builder.ToDocument();
    }
}
