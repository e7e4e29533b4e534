using RealtimeCollab.LoadTester.Measuring;

namespace RealtimeCollab.LoadTester.Pacing;

/// <summary>
/// Actions at instants that are fixed before they begin. No action waits for the one before it: when the tester or the server stalls, what
/// fell due meanwhile is begun at once afterwards, and its latency counts from its instant. A tester that waits for answers would leave out just the
/// actions that a stall would have hit (coordinated omission).
/// </summary>
internal sealed class OpenLoopSchedule(Measurements measurements)
{
    private readonly TimeProvider _time = measurements.Time;

    /// <summary>Irregular as people are: the pauses are evenly spread between a half and one and a half of the mean.</summary>
    /// <param name="perSecond">Instants a second, on average, above 0.</param>
    /// <param name="duration">All come before that.</param>
    /// <param name="random">Where they lie.</param>
    public static IEnumerable<TimeSpan> Irregular(double perSecond, TimeSpan duration, Random random)
    {
        for (var due = random.NextDouble() / perSecond; due < duration.TotalSeconds; due += (0.5 + random.NextDouble()) / perSecond)
            yield return TimeSpan.FromSeconds(due);
    }

    /// <summary>So many, evenly spread over a time.</summary>
    public static IEnumerable<TimeSpan> Even(int count, TimeSpan duration) =>
        Enumerable.Range(0, count).Select(number => duration * number / count);

    /// <summary>Begins an action at each instant, and returns when all have ended.</summary>
    /// <param name="instants">Ascending, from now on.</param>
    /// <param name="act">Is given the timestamp at which it was due; its latency counts from there.</param>
    /// <param name="cancellationToken">Begins no more.</param>
    public async Task RunAsync(IEnumerable<TimeSpan> instants, Func<long, Task> act, CancellationToken cancellationToken)
    {
        var start = _time.GetTimestamp();
        List<Task> begun = [];
        foreach (var instant in instants)
        {
            await WaitAsync(start, instant, cancellationToken);
            begun.Add(act(Due(start, instant)));
            // most end within a few more: look now and then, so that a long run does not keep what is over
            if (begun.Count % 64 == 0)
                begun.RemoveAll(static task => task.IsCompletedSuccessfully);
        }

        await Task.WhenAll(begun);
    }

    private async Task WaitAsync(long start, TimeSpan instant, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var wait = instant - _time.GetElapsedTime(start);
        if (wait > TimeSpan.Zero)
            await Task.Delay(wait, _time, cancellationToken);
    }

    /// <summary>Timers know whole milliseconds only and may fire a part of one early: then the action is due when it begins.</summary>
    private long Due(long start, TimeSpan instant)
    {
        var due = start + (long)(instant.TotalSeconds * _time.TimestampFrequency);
        var now = _time.GetTimestamp();
        measurements.Record(LatencyKind.Lateness, Math.Min(due, now));
        return Math.Min(due, now);
    }
}
