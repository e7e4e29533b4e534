using RealtimeCollab.LoadTester.Measuring;
using RealtimeCollab.LoadTester.Results;

namespace RealtimeCollab.LoadTester.Runs;

/// <summary>Cuts a run into intervals.</summary>
internal sealed class Timeline
{
    private const int MostPoints = 300;
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);

    private readonly Measurements _measurements;
    private readonly List<TimelinePoint> _points = [];
    private readonly long _start;
    private double _seconds;
    private IReadOnlyDictionary<string, long> _counts;
    private TrafficTotals _traffic;
    private long _errors;

    /// <summary>Begins now.</summary>
    public Timeline(Measurements measurements)
    {
        _measurements = measurements;
        _start = measurements.Time.GetTimestamp();
        (_counts, _traffic, _errors) = (measurements.Counts, measurements.Traffic.Totals, measurements.Errors.Total);
        foreach (var latency in measurements.Latencies.Values)
            latency.TakeRecent();
    }

    public IReadOnlyList<TimelinePoint> Points => _points;

    /// <summary>A second, or longer for a run of which nobody could read so many points.</summary>
    public static TimeSpan IntervalFor(TimeSpan duration) => duration / MostPoints > Shortest ? duration / MostPoints : Shortest;

    /// <summary>Takes samples until it is told to stop, and the last one then.</summary>
    public async Task RunAsync(TimeSpan interval, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(interval, _measurements.Time);
        try
        {
            while (await timer.WaitForNextTickAsync(stop))
                Sample();
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // what is left of an interval is told too, unless it is too short for a rate
            if (_points.Count == 0 || _measurements.Time.GetElapsedTime(_start).TotalSeconds - _seconds > interval.TotalSeconds / 4)
                Sample();
        }
    }

    /// <summary>Ends an interval.</summary>
    public void Sample()
    {
        var seconds = _measurements.Time.GetElapsedTime(_start).TotalSeconds;
        var (counts, traffic, errors) = (_measurements.Counts, _measurements.Traffic.Totals, _measurements.Errors.Total);
        _points.Add(new TimelinePoint(
            seconds,
            seconds - _seconds,
            _measurements.Connections,
            counts.ToDictionary(count => count.Key, count => count.Value - _counts.GetValueOrDefault(count.Key), StringComparer.Ordinal),
            traffic - _traffic,
            errors - _errors,
            _measurements.Latencies.ToDictionary(latency => latency.Key, latency => IntervalLatency.Of(latency.Value.TakeRecent()), StringComparer.Ordinal)));
        (_seconds, _counts, _traffic, _errors) = (seconds, counts, traffic, errors);
    }
}
