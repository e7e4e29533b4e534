namespace RealtimeCollab.Client.Connection;

/// <summary>
/// How long to wait before trying again: doubling from <see cref="First"/> to <see cref="Longest"/>, of which a random
/// part between a half and all is taken, so that the clients of a restarted server do not all come back at once.
/// </summary>
public sealed class RetryBackoff
{
    private readonly Func<double> _random;

    /// <summary>Creates a back-off.</summary>
    /// <param name="first">The longest first wait.</param>
    /// <param name="longest">The longest of all waits.</param>
    /// <param name="random">Gives numbers from 0 to less than 1, from any thread; null for a random source of its own.</param>
    public RetryBackoff(TimeSpan first, TimeSpan longest, Func<double>? random = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(first, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(longest, first);
        (First, Longest, _random) = (first, longest, random ?? Seeded());
    }

    /// <summary>From a quarter of a second to three seconds: one of several nodes may be back, or out of the balancer's list, at any moment.</summary>
    public static RetryBackoff Default { get; } = new(TimeSpan.FromMilliseconds(250), TimeSpan.FromSeconds(3));

    /// <summary>The longest first wait.</summary>
    public TimeSpan First { get; }

    /// <summary>The longest of all waits.</summary>
    public TimeSpan Longest { get; }

    /// <summary>How long to wait before an attempt.</summary>
    /// <param name="attempt">0 for the first try, which waits for nothing; 1 for the first repetition.</param>
    public TimeSpan DelayBefore(int attempt)
    {
        if (attempt <= 0)
            return TimeSpan.Zero;

        var doubled = First * Math.Pow(2, Math.Min(attempt - 1, 30));
        var most = doubled < Longest ? doubled : Longest;
        return most * (0.5 + (_random() / 2));
    }

    private static Func<double> Seeded()
    {
        var random = new Random();
        return () =>
        {
            lock (random)
                return random.NextDouble();
        };
    }
}
