namespace RealtimeCollab.LoadTester.Pacing;

/// <summary>The same thing for everybody at the same moment, again and again.</summary>
internal static class Storms
{
    /// <summary>Runs at least one storm; the next begins when everybody is through with the one before, and not before its time.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="duration">No storm begins after that.</param>
    /// <param name="every">From one beginning to the next, at least.</param>
    /// <param name="storm">Is given the timestamp at which it began.</param>
    /// <param name="cancellationToken">Begins no more.</param>
    public static async Task RunAsync(TimeProvider time, TimeSpan duration, TimeSpan every, Func<long, Task> storm, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        while (true)
        {
            var beginning = time.GetTimestamp();
            await storm(beginning);
            var next = every - time.GetElapsedTime(beginning);
            if (time.GetElapsedTime(start) + (next > TimeSpan.Zero ? next : TimeSpan.Zero) >= duration)
                return;
            if (next > TimeSpan.Zero)
                await Task.Delay(next, time, cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
        }
    }
}
