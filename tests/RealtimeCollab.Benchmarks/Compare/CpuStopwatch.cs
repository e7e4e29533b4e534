namespace RealtimeCollab.Benchmarks.Compare;

/// <summary>Measures by the processor time of this process, which other programs on the machine disturb less than they do the clock on the wall.</summary>
internal static class CpuStopwatch
{
    private const int Rounds = 7;
    private static readonly TimeSpan RoundTime = TimeSpan.FromMilliseconds(150);

    /// <summary>Microseconds for one of the operations that a round does many of: the median of some rounds, after a warm-up.</summary>
    public static double Microseconds(int operationsPerRound, Action round)
    {
        for (var warmUp = 0; warmUp < 4; warmUp++)
            Measure(operationsPerRound, round);

        var rounds = new double[Rounds];
        for (var i = 0; i < Rounds; i++)
            rounds[i] = Measure(operationsPerRound, round);

        Array.Sort(rounds);
        return rounds[Rounds / 2];
    }

    private static double Measure(int operationsPerRound, Action round)
    {
        var start = Environment.CpuUsage.TotalTime;
        var count = 0;
        TimeSpan spent;
        do
        {
            round();
            count++;
            spent = Environment.CpuUsage.TotalTime - start;
        }
        while (spent < RoundTime);

        return spent.TotalMicroseconds / ((double)count * operationsPerRound);
    }
}
