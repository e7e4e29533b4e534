namespace RealtimeCollab.Testing;

/// <summary>Measures allocations, which are the same on every machine.</summary>
public static class Allocations
{
    /// <summary>Bytes per step on this thread, once the first steps have filled what is kept.</summary>
    /// <param name="step">Given its number, from 0 on.</param>
    /// <param name="warmUp">Steps that do not count.</param>
    /// <param name="steps">Steps in all.</param>
    public static double PerStep(Action<int> step, int warmUp, int steps)
    {
        for (var k = 0; k < warmUp; k++)
            step(k);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var k = warmUp; k < steps; k++)
            step(k);

        return (GC.GetAllocatedBytesForCurrentThread() - before) / (double)(steps - warmUp);
    }
}
