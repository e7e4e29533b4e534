using BenchmarkDotNet.Attributes;
using RealtimeCollab.Benchmarks.Workloads;
using RealtimeCollab.OperationalTransform;

namespace RealtimeCollab.Benchmarks.Suites;

/// <summary>Composing 10,000 typed characters into one operation. Figures are per composition.</summary>
[MemoryDiagnoser]
public class ComposeTyping
{
    private readonly TextOperation[] _operations = Typing.Operations();

    /// <summary>Each onto what has come together.</summary>
    [Benchmark(OperationsPerInvoke = Typing.Count)]
    public TextOperation Compose() => Typing.Compose(_operations);
}
