using System.Diagnostics.Metrics;
using RealtimeCollab.Sessions.Backplane;

namespace RealtimeCollab.Sessions.Telemetry;

/// <summary>The meter of one node, with what its sessions measure. Nothing is allocated, and no clock read, while nobody listens.</summary>
public sealed class CollabMetrics : IDisposable
{
    /// <summary>Seconds: a commit takes a millisecond on a good disk, and seconds when a store is in trouble.</summary>
    private static readonly InstrumentAdvice<double> Latency = new()
    {
        HistogramBucketBoundaries = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    };

    private static readonly InstrumentAdvice<int> Sizes = new()
    {
        HistogramBucketBoundaries = [0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 1024, 4096, 16384],
    };

    private readonly Counter<long> _submissions;
    private readonly Histogram<double> _commitDuration;
    private readonly Histogram<int> _transformDepth;
    private readonly Histogram<int> _batchSize;
    private readonly Counter<long> _appendConflicts;
    private readonly Counter<long> _outboxDropped;
    private long _outboxDepth;

    /// <summary>Makes the instruments.</summary>
    public CollabMetrics()
    {
        _submissions = Meter.CreateCounter<long>("realtimecollab.submissions", "{operation}", "Operations answered, by outcome.");
        _commitDuration = Meter.CreateHistogram("realtimecollab.commit.duration", "s", "From an operation's arrival in the mailbox to its commit.", tags: null, Latency);
        _transformDepth = Meter.CreateHistogram("realtimecollab.transform.depth", "{operation}", "Operations that one was moved over before it was committed.", tags: null, Sizes);
        _batchSize = Meter.CreateHistogram("realtimecollab.batch.size", "{operation}", "Operations appended to one document at once.", tags: null, Sizes);
        _appendConflicts = Meter.CreateCounter<long>("realtimecollab.append.conflicts", "{conflict}", "Appends that another node's came before.");
        _outboxDropped = Meter.CreateCounter<long>("realtimecollab.outbox.dropped", "{message}", "Messages to rooms that found their outbox full; clients refill the gap.");
        Backplane = new BackplaneMetrics(Meter);
        Meter.CreateObservableUpDownCounter("realtimecollab.outbox.depth", () => Interlocked.Read(ref _outboxDepth), "{message}", "Messages to rooms that wait to be sent.");
    }

    /// <summary>The node's meter, for instruments of what lies above the sessions.</summary>
    public Meter Meter { get; } = new(CollabTelemetry.Name);

    /// <summary>What goes between nodes.</summary>
    public BackplaneMetrics Backplane { get; }

    /// <summary>Whether somebody wants to know how long commits take.</summary>
    internal bool IsTiming => _commitDuration.Enabled;

    /// <inheritdoc/>
    public void Dispose() => Meter.Dispose();

    internal void Answered(SubmissionOutcome outcome) =>
        _submissions.Add(1, new KeyValuePair<string, object?>("outcome", NameOf(outcome)));

    internal void Committed(TimeSpan duration) => _commitDuration.Record(duration.TotalSeconds);

    internal void Staged(int transformDepth) => _transformDepth.Record(transformDepth);

    internal void Appended(int operations) => _batchSize.Record(operations);

    internal void Conflicted() => _appendConflicts.Add(1);

    internal void Posted() => Interlocked.Increment(ref _outboxDepth);

    internal void Sent() => Interlocked.Decrement(ref _outboxDepth);

    internal void Dropped()
    {
        Sent();
        _outboxDropped.Add(1);
    }

    private static string NameOf(SubmissionOutcome outcome) => outcome switch
    {
        SubmissionOutcome.Committed => "committed",
        SubmissionOutcome.Repeated => "repeated",
        SubmissionOutcome.Unknown => "unknown",
        _ => "refused",
    };
}
