using System.Collections.Concurrent;

namespace RealtimeCollab.LoadTester.Measuring;

/// <summary>All that a run measures. Safe for any thread.</summary>
/// <param name="time">The clock of all timestamps.</param>
internal sealed class Measurements(TimeProvider time)
{
    private readonly ConcurrentDictionary<string, LatencyHistogram> _latencies = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Counter> _counts = new(StringComparer.Ordinal);
    private int _connections;

    public TimeProvider Time => time;

    public Traffic Traffic { get; } = new();

    public ErrorCounts Errors { get; } = new();

    /// <summary>Connections that are open.</summary>
    public int Connections => Volatile.Read(ref _connections);

    /// <summary>By their <see cref="LatencyKind"/>.</summary>
    public IReadOnlyDictionary<string, LatencyHistogram> Latencies => _latencies;

    /// <summary>By their <see cref="CountName"/>.</summary>
    public IReadOnlyDictionary<string, long> Counts => _counts.ToDictionary(count => count.Key, count => count.Value.Value, StringComparer.Ordinal);

    /// <summary>Notes that something that was due at a timestamp has come about now.</summary>
    /// <param name="kind">What it was.</param>
    /// <param name="due">
    /// When it was to begin, not when it began: a tester or a server that stalls makes what it holds up late, and so it is measured
    /// (coordinated omission).
    /// </param>
    public void Record(LatencyKind kind, long due)
    {
        var latency = time.GetElapsedTime(due);
        _latencies.GetOrAdd(kind.Name, static _ => new LatencyHistogram()).Record(latency);
    }

    public void Count(string name, long by = 1) => _counts.GetOrAdd(name, static _ => new Counter()).Add(by);

    public void Connected() => Interlocked.Increment(ref _connections);

    public void Disconnected() => Interlocked.Decrement(ref _connections);

    /// <summary>Forgets what belongs to the warm-up; who has joined so far stays, and what went wrong.</summary>
    public void BeginLoad()
    {
        foreach (var (name, latency) in _latencies)
        {
            if (name != LatencyKind.Joined.Name)
                latency.Clear();
        }

        foreach (var name in _counts.Keys.Where(static name => name != CountName.Joins))
            _counts.TryRemove(name, out _);
        Traffic.Clear();
    }

    private sealed class Counter
    {
        private long _value;

        public long Value => Interlocked.Read(ref _value);

        public void Add(long by) => Interlocked.Add(ref _value, by);
    }
}
