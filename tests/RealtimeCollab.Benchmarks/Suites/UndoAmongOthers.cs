using BenchmarkDotNet.Attributes;
using RealtimeCollab.OperationalTransform;

namespace RealtimeCollab.Benchmarks.Suites;

/// <summary>What a history of undo costs while others type, all over a document of 20,000 characters. Figures are per operation of the others.</summary>
[MemoryDiagnoser]
public class UndoAmongOthers
{
    private const int Count = 5_000;

    private readonly List<TextOperation> _own = [];
    private readonly List<Document> _before = [];
    private readonly List<TextOperation> _others = [];

    /// <summary>How many steps there are to undo.</summary>
    [Params(1, 200)]
    public int Steps { get; set; }

    /// <summary>Draws the edits.</summary>
    [GlobalSetup]
    public void Setup()
    {
        var random = new Random(1);
        var document = Document.FromText(new string('x', 20_000));
        for (var step = 0; step < Steps; step++)
        {
            _before.Add(document);
            _own.Add(TextOperation.Replace(document.Length, random.Next(document.Length), 0, "word "));
            document = document.Apply(_own[^1]);
        }

        for (var (count, length) = (0, document.Length); count < Count; count++, length = _others[^1].TargetLength)
            _others.Add(TextOperation.Replace(length, random.Next(length - 1), count % 4 == 0 ? 1 : 0, "y"));
    }

    /// <summary>All of the others' operations, and then one undo.</summary>
    [Benchmark(OperationsPerInvoke = Count)]
    public bool HearOthers()
    {
        var undo = new UndoManager(TimeProvider.System, TimeSpan.Zero);
        for (var step = 0; step < Steps; step++)
            undo.ApplyLocal(_own[step], _before[step]);
        foreach (var operation in _others)
            undo.ApplyRemote(operation);
        return undo.CanUndo;
    }
}
