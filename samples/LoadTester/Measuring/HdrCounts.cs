using System.Numerics;

namespace RealtimeCollab.LoadTester.Measuring;

/// <summary>
/// Counts values in buckets that get wider with them, so that each is known to a thousandth of itself: 1,024 buckets for each doubling. After
/// Gil Tene's HdrHistogram. Not thread-safe.
/// </summary>
/// <param name="largest">Larger values count as this one.</param>
internal sealed class HdrCounts(long largest)
{
    // values below 2^11 have a bucket each; above, a value's first 11 bits are its bucket's
    private const int Bits = 11;
    private const int Half = 1 << (Bits - 1);

    private readonly long[] _counts = new long[BucketOf(largest) + 1];
    private Int128 _sum;

    /// <summary>Values recorded.</summary>
    public long Total { get; private set; }

    /// <summary>The largest value recorded, exactly; 0 if there is none.</summary>
    public long Max { get; private set; }

    /// <summary>Of the values recorded, exactly; 0 if there is none.</summary>
    public double Mean => Total == 0 ? 0 : (double)_sum / Total;

    /// <param name="value">Less than 0 counts as 0.</param>
    public void Record(long value)
    {
        value = Math.Clamp(value, 0, largest);
        _counts[BucketOf(value)]++;
        Total++;
        _sum += value;
        Max = Math.Max(Max, value);
    }

    /// <summary>Takes in what others counted, with the same largest value.</summary>
    public void Add(HdrCounts others)
    {
        for (var bucket = 0; bucket < _counts.Length; bucket++)
            _counts[bucket] += others._counts[bucket];
        Total += others.Total;
        _sum += others._sum;
        Max = Math.Max(Max, others.Max);
    }

    public void Clear()
    {
        Array.Clear(_counts);
        (Total, _sum, Max) = (0, 0, 0);
    }

    /// <summary>The smallest value that at least so many percent of all values do not exceed, at most a thousandth too large; 0 if there is none.</summary>
    /// <param name="percentile">0 to 100.</param>
    public long Percentile(double percentile)
    {
        // 99.9 % of 1,000 are 999, whatever binary fractions say
        var wanted = Math.Clamp((long)Math.Ceiling(Math.Round(percentile * Total / 100, 6)), 1, Math.Max(1, Total));
        var counted = 0L;
        for (var bucket = 0; bucket < _counts.Length; bucket++)
        {
            counted += _counts[bucket];
            if (counted >= wanted)
                return Math.Min(LastOf(bucket), Max);
        }

        return 0;
    }

    private static int BucketOf(long value)
    {
        var shift = Math.Max(0, BitOperations.Log2((ulong)value | 1) + 1 - Bits);
        return (shift * Half) + (int)(value >> shift);
    }

    /// <summary>The largest value of a bucket.</summary>
    private static long LastOf(int bucket)
    {
        var shift = Math.Max(0, (bucket / Half) - 1);
        var first = (long)(bucket - (shift * Half)) << shift;
        return first + (1L << shift) - 1;
    }
}
