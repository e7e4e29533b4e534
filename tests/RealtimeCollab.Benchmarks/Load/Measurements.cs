namespace RealtimeCollab.Benchmarks.Load;

/// <summary>What a crowd of writers saw while it was measured.</summary>
internal sealed class Measurements
{
    private readonly List<TimeSpan> _commits = [];
    private readonly List<TimeSpan> _deliveries = [];
    private readonly List<TimeSpan> _crossings = [];
    private long _batches;
    private long _operations;

    /// <summary>Off while the server warms up.</summary>
    public bool IsCounting { get; set; }

    /// <summary>Edits that were committed.</summary>
    public int Commits => _commits.Count;

    /// <summary>Operations in one message to a member of the room.</summary>
    public double OperationsPerBatch => _batches == 0 ? 1 : (double)_operations / _batches;

    /// <summary>From sending an edit to its result.</summary>
    public void Committed(TimeSpan latency)
    {
        if (IsCounting)
            _commits.Add(latency);
    }

    /// <summary>Arrivals of an edit at another member.</summary>
    public int Deliveries => _deliveries.Count + _crossings.Count;

    /// <summary>From sending an edit to its arrival at another member, on the author's node or on another.</summary>
    public void Delivered(TimeSpan latency, bool isOnOtherNode)
    {
        if (IsCounting)
            (isOnOtherNode ? _crossings : _deliveries).Add(latency);
    }

    public void Received(int operations)
    {
        if (!IsCounting)
            return;
        _batches++;
        _operations += operations;
    }

    /// <summary>Milliseconds.</summary>
    /// <param name="percentile">0 to 1.</param>
    public double CommitLatency(double percentile) => Percentile(_commits, percentile);

    /// <inheritdoc cref="CommitLatency"/>
    public double DeliveryLatency(double percentile) => Percentile(_deliveries, percentile);

    /// <inheritdoc cref="CommitLatency"/>
    public double CrossingLatency(double percentile) => Percentile(_crossings, percentile);

    private static double Percentile(List<TimeSpan> latencies, double percentile)
    {
        latencies.Sort();
        return latencies.Count == 0 ? 0 : latencies[(int)(percentile * (latencies.Count - 1))].TotalMilliseconds;
    }
}
