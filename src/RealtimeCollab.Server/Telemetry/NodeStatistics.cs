using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using RealtimeCollab.Sessions.Telemetry;

namespace RealtimeCollab.Server.Telemetry;

/// <summary>
/// Listens to the node's own meter, for those who want its numbers without a collector: sums of counters, the present values of gauges, and
/// how long commits took of late. Takes a measurement without an allocation.
/// </summary>
internal sealed class NodeStatistics(CollabMetrics metrics, TimeProvider time) : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly Lock _reading = new();
    private readonly ConcurrentDictionary<string, Series> _series = new(StringComparer.Ordinal);

    /// <summary>How long commits took in the last minute.</summary>
    public RecentDurations CommitDurations { get; } = new(time);

    /// <summary>Counts from now on.</summary>
    public void Start()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (!ReferenceEquals(instrument.Meter, metrics.Meter))
                return;
            if (instrument is Histogram<double>)
                listener.EnableMeasurementEvents(instrument);
            else
                listener.EnableMeasurementEvents(instrument, _series.GetOrAdd(instrument.Name, _ => new Series(instrument.IsObservable)));
        };
        _listener.SetMeasurementEventCallback<long>((_, value, tags, series) => ((Series)series!).Take(value, tags));
        _listener.SetMeasurementEventCallback<int>((_, value, tags, series) => ((Series)series!).Take(value, tags));
        _listener.SetMeasurementEventCallback<double>((_, value, _, _) => CommitDurations.Take(TimeSpan.FromSeconds(value)));
        _listener.Start();
    }

    /// <summary>The sum, or the present value, of an instrument by its one tag; of one without tags under the empty name.</summary>
    public IReadOnlyDictionary<string, long> Read(string instrument)
    {
        lock (_reading)
        {
            _listener.RecordObservableInstruments();
            return _series.TryGetValue(instrument, out var series) ? series.Read() : new Dictionary<string, long>(StringComparer.Ordinal);
        }
    }

    public void Dispose() => _listener.Dispose();

    private sealed class Series(bool isObservable)
    {
        private readonly ConcurrentDictionary<string, StrongBox<long>> _values = new(StringComparer.Ordinal);

        public void Take(long value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            var sum = _values.GetOrAdd(tags.Length > 0 && tags[0].Value is string tag ? tag : "", static _ => new StrongBox<long>());
            if (isObservable)
                Interlocked.Exchange(ref sum.Value, value);
            else
                Interlocked.Add(ref sum.Value, value);
        }

        public Dictionary<string, long> Read() =>
            _values.ToDictionary(value => value.Key, value => Interlocked.Read(ref value.Value.Value), StringComparer.Ordinal);
    }
}
