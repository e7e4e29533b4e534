using BenchmarkDotNet.Attributes;
using RealtimeCollab.Benchmarks.Workloads;
using RealtimeCollab.OperationalTransform;

namespace RealtimeCollab.Benchmarks.Suites;

/// <summary>One insert carried over concurrent inserts, one at a time. Figures are for all of them together.</summary>
[MemoryDiagnoser]
public class TransformOverConcurrent
{
    private TextOperation _operation = null!;
    private TextOperation[] _committed = [];

    /// <summary>How many.</summary>
    [Params(100, 1000)]
    public int Concurrent { get; set; }

    /// <summary>Draws them.</summary>
    [GlobalSetup]
    public void Setup()
    {
        var inserts = ConcurrentInserts.Draw(seed: 42);
        (_operation, _committed) = (inserts.Operation, inserts.Committed(Concurrent));
    }

    /// <summary>The half that a server needs.</summary>
    [Benchmark]
    public TextOperation TransformOver() => ConcurrentInserts.Carry(_operation, _committed);

    /// <summary>Both halves, as a client with a pending operation needs them.</summary>
    [Benchmark]
    public TextOperation Transform()
    {
        var pending = _operation;
        foreach (var other in _committed)
            pending = TextOperation.Transform(pending, other).A;

        return pending;
    }
}
