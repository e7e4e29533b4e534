namespace RealtimeCollab.Server.Telemetry;

/// <summary>How long something took within the last minute, to a tenth of each value: counts by size, in slices of time that are used again.</summary>
internal sealed class RecentDurations(TimeProvider time)
{
    private const int Slices = 6;
    private const double Growth = 1.1;
    private const double SmallestMilliseconds = 0.05;
    private const int Buckets = 140;

    private static readonly TimeSpan SliceLength = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private readonly long _began = time.GetTimestamp();
    private readonly int[,] _counts = new int[Slices, Buckets];
    private readonly long[] _sliceNumbers = new long[Slices];

    public void Take(TimeSpan duration)
    {
        lock (_lock)
            _counts[Enter_NeedsLock(), BucketOf(duration)]++;
    }

    /// <summary>The durations in milliseconds that these shares of all were not above, and how many there were.</summary>
    /// <param name="shares">Each from 0 to 1, rising.</param>
    public (long Count, double[] Milliseconds) Quantiles(params ReadOnlySpan<double> shares)
    {
        Span<long> sums = stackalloc long[Buckets];
        var count = Sum(sums);
        var found = new double[shares.Length];
        for (var i = 0; i < shares.Length; i++)
        {
            var wanted = Math.Max(1, Math.Ceiling(shares[i] * count));
            long seen = 0;
            for (var bucket = 0; count > 0 && bucket < Buckets && seen < wanted; bucket++)
            {
                seen += sums[bucket];
                found[i] = Math.Round(SmallestMilliseconds * Math.Pow(Growth, bucket), 3);
            }
        }

        return (count, found);
    }

    private long Sum(Span<long> sums)
    {
        long count = 0;
        lock (_lock)
        {
            Enter_NeedsLock();
            for (var slice = 0; slice < Slices; slice++)
            {
                if (_sliceNumbers[slice] <= Now - Slices)
                    continue;
                for (var bucket = 0; bucket < Buckets; bucket++)
                {
                    sums[bucket] += _counts[slice, bucket];
                    count += _counts[slice, bucket];
                }
            }
        }

        return count;
    }

    private long Now => time.GetElapsedTime(_began).Ticks / SliceLength.Ticks;

    private int Enter_NeedsLock()
    {
        var now = Now;
        var slice = (int)(now % Slices);
        if (_sliceNumbers[slice] == now)
            return slice;
        _sliceNumbers[slice] = now;
        for (var bucket = 0; bucket < Buckets; bucket++)
            _counts[slice, bucket] = 0;
        return slice;
    }

    private static int BucketOf(TimeSpan duration) =>
        (int)Math.Clamp(Math.Ceiling(Math.Log(duration.TotalMilliseconds / SmallestMilliseconds, Growth)), 0, Buckets - 1);
}
