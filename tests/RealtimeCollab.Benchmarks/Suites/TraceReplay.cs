using BenchmarkDotNet.Attributes;
using RealtimeCollab.Benchmarks.Workloads;
using RealtimeCollab.OperationalTransform;

namespace RealtimeCollab.Benchmarks.Suites;

/// <summary>The automerge-paper trace, edit by edit: making each operation and applying it. Figures are per edit.</summary>
[MemoryDiagnoser]
public class TraceReplay
{
    private const int Edits = 259_778;
    private EditingTrace _trace = null!;

    /// <summary>Reads the trace.</summary>
    [GlobalSetup]
    public void Setup() => _trace = EditingTrace.AutomergePaper();

    /// <summary>A document for every edit.</summary>
    [Benchmark(OperationsPerInvoke = Edits)]
    public Document Documents() => _trace.ReplayDocuments();

    /// <summary>One writer, one document at the end.</summary>
    [Benchmark(OperationsPerInvoke = Edits)]
    public Document Builder() => _trace.ReplayBuilder();
}
