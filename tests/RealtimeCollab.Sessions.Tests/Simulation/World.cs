using RealtimeCollab.OperationalTransform;
using RealtimeCollab.Sessions.Documents;
using RealtimeCollab.Sessions.Storage;
using RealtimeCollab.Sessions.Tests.Simulation.Checks;
using RealtimeCollab.Sessions.Tests.Simulation.Client;
using RealtimeCollab.Sessions.Tests.Simulation.Machinery;
using RealtimeCollab.Sessions.Tests.Simulation.Server;

namespace RealtimeCollab.Sessions.Tests.Simulation;

/// <summary>Everything that one run consists of, drawn from its seed.</summary>
internal sealed class World
{
    private readonly Dictionary<string, Ledger> _ledgers = new(StringComparer.Ordinal);
    private int _marks;

    public World(int seed, bool keepsTrace)
    {
        Random = new Random(seed);
        Scheduler = new SimulationScheduler(Random);
        Trace = new SimulationTrace(Scheduler.Clock, keepsTrace);
        Faults = new Faults(Random);
        MayUndo = Random.Next(2) == 0;
        Options = DrawOptions();
        foreach (var documentId in Random.Next(2) == 0 ? new[] { "doc" } : ["one", "two"])
            _ledgers.Add(documentId, new Ledger(documentId, Random.Next(2) == 0 ? ContentType.Text : ContentType.RichText, MayUndo, Scheduler));
        Checks = new Promises(this);
        Network = new SimulatedNetwork(this);
        Store = new SimulatedStore(this);
        Nodes = [.. Enumerable.Range(0, 1 + Random.Next(2)).Select(i => new SimulatedNode(this, $"node{i}"))];
        var documents = _ledgers.Values.ToList();
        Clients = [.. Enumerable.Range(0, 2 + Random.Next(3)).Select(i => new SimulatedClient(this, $"client{i}", documents[i % documents.Count]))];
    }

    public Random Random { get; }

    public SimulationScheduler Scheduler { get; }

    public SimulationTrace Trace { get; }

    public Tally Tally { get; } = new();

    public Faults Faults { get; }

    /// <summary>What is undone and redone is typed again: then the same letter may stand in the log more than once.</summary>
    public bool MayUndo { get; }

    public SessionOptions Options { get; }

    public Promises Checks { get; }

    public SimulatedNetwork Network { get; }

    public SimulatedStore Store { get; }

    public IReadOnlyList<SimulatedNode> Nodes { get; }

    public IReadOnlyList<SimulatedClient> Clients { get; }

    public IEnumerable<Ledger> Ledgers => _ledgers.Values;

    public Ledger LedgerOf(string documentId) => _ledgers[documentId];

    /// <summary>A letter that stands for one edit.</summary>
    public char NextMark() => (char)(Marks.First + _marks++);

    public VirtualProcess NewProcess(string name) => new(name, Scheduler);

    /// <summary>A time from next to nothing to so many milliseconds, mostly short.</summary>
    public TimeSpan Latency(int most) => TimeSpan.FromMilliseconds((Random.NextDouble() * Random.NextDouble() * most) + 0.1);

    /// <summary>A time between two others, in milliseconds.</summary>
    public TimeSpan Between(int least, int most) => TimeSpan.FromMilliseconds(Random.Next(least, most));

    /// <summary>Small numbers, so that every limit is met within seconds.</summary>
    private SessionOptions DrawOptions() => new()
    {
        RecentOperations = 1 + Random.Next(12),
        RecentWeight = Random.Next(3) == 0 ? 20 : 1_000_000,
        MaxResumeEntries = 1 + Random.Next(20),
        MaxBatch = 1 + Random.Next(6),
        MaxWaitingSubmissions = 1 + Random.Next(6),
        MaxRebaseDistance = Random.Next(3) == 0 ? 4 + Random.Next(20) : 20_000,
        MaxAppendConflicts = Random.Next(3) == 0 ? Random.Next(3) : 32,
        StorePatience = Between(30, 1_500),
        EvictionGrace = Between(5, 800),
        OutboxCapacity = Random.Next(3) == 0 ? 1 + Random.Next(4) : 1_024,
        SnapshotEveryRevisions = 2 + Random.Next(12),
        HistoryHorizon = Random.Next(2) == 0 ? Random.Next(16) : null,
    };
}
