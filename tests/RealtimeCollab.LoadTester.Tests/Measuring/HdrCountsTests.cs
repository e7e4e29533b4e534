using RealtimeCollab.LoadTester.Measuring;

namespace RealtimeCollab.LoadTester.Tests.Measuring;

public sealed class HdrCountsTests
{
    private const long Hour = 3_600_000_000;

    [Fact]
    public void Percentile_OfNothing_IsZero()
    {
        var counts = new HdrCounts(Hour);

        Assert.Equal((0L, 0L, 0.0), (counts.Percentile(99), counts.Max, counts.Mean));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(50, 500)]
    [InlineData(99, 990)]
    [InlineData(99.9, 999)]
    [InlineData(99.95, 1000)]
    [InlineData(100, 1000)]
    public void Percentile_OfOneToAThousand_IsExact(double percentile, long expected)
    {
        var counts = Record(Enumerable.Range(1, 1000).Select(value => (long)value));

        Assert.Equal(expected, counts.Percentile(percentile));
    }

    [Fact]
    public void Percentile_OfValuesOfAllSizes_IsAtMostAThousandthTooLarge()
    {
        var random = new Random(1135);
        long[] values = [.. Enumerable.Range(0, 20_000).Select(_ => (long)Math.Pow(Hour, random.NextDouble()))];
        var counts = Record(values);
        Array.Sort(values);

        foreach (var percentile in LatencySummary.Percentiles)
        {
            var exact = values[Math.Max(0, (int)Math.Ceiling(Math.Round(percentile * values.Length / 100, 6)) - 1)];
            Assert.InRange(counts.Percentile(percentile), exact, exact + (exact / 1000) + 1);
        }

        Assert.Equal(values[^1], counts.Max);
        Assert.Equal(values.Average(), counts.Mean, precision: 3);
    }

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(0, 0)]
    [InlineData(2047, 2047)]
    [InlineData(Hour, Hour)]
    [InlineData(long.MaxValue, Hour)]
    public void Record_AtTheEnds_CountsAsTheNearest(long value, long expected)
    {
        var counts = Record([value]);

        Assert.Equal((expected, expected), (counts.Percentile(50), counts.Max));
    }

    [Fact]
    public void Add_OfTwo_IsAsIfOneHadCountedAll()
    {
        var sum = Record([1, 2, 5000]);
        sum.Add(Record([3, 70_000]));
        var all = Record([1, 2, 5000, 3, 70_000]);

        Assert.Equal((all.Total, all.Max, all.Mean), (sum.Total, sum.Max, sum.Mean));
        Assert.All(LatencySummary.Percentiles, percentile => Assert.Equal(all.Percentile(percentile), sum.Percentile(percentile)));
    }

    private static HdrCounts Record(IEnumerable<long> values)
    {
        var counts = new HdrCounts(Hour);
        foreach (var value in values)
            counts.Record(value);
        return counts;
    }
}
