using System.Globalization;

namespace RealtimeCollab.OperationalTransform.Tests.Laws;

/// <summary>Runs a check on many seeds; a failure names the seed, and REALTIMECOLLAB_SEED repeats it alone.</summary>
internal static class Seeds
{
    public static void Check(int count, Action<Random> check)
    {
        if (Environment.GetEnvironmentVariable("REALTIMECOLLAB_SEED") is { Length: > 0 } chosen)
        {
            check(new Random(int.Parse(chosen, CultureInfo.InvariantCulture)));
            return;
        }

        for (var seed = 1; seed <= count; seed++)
        {
            try
            {
                check(new Random(seed));
            }
            catch (Exception exception)
            {
                throw new InvalidOperationException($"REALTIMECOLLAB_SEED={seed}: {exception.Message}", exception);
            }
        }
    }
}
