using RealtimeCollab.Server.Configuration;

namespace RealtimeCollab.Server.Webhooks;

/// <summary>
/// When a failed delivery is tried again: after twice as long each time, and up to a half less by chance, so that what failed together does
/// not come back together.
/// </summary>
internal sealed class RetrySchedule(WebhookOptions options, Random chance)
{
    /// <summary>Whether an attempt was the last one.</summary>
    public bool IsLast(int attempts) => attempts >= options.MaxAttempts;

    /// <summary>How long to wait after an attempt.</summary>
    /// <param name="attempts">So many have failed, from 1.</param>
    /// <param name="asked">What the endpoint asked for, which counts if it is longer.</param>
    public TimeSpan DelayAfter(int attempts, TimeSpan? asked)
    {
        var longest = options.LongestRetry.TotalSeconds;
        // the power may be infinite, the time not
        var doubled = Math.Min(options.FirstRetry.TotalSeconds * Math.Pow(2, attempts - 1), longest);
        var wanted = Math.Min(asked?.TotalSeconds ?? 0, longest);
        return TimeSpan.FromSeconds(Math.Max(doubled * (1 - (NextChance() / 2)), wanted));
    }

    private double NextChance()
    {
        lock (chance)
            return chance.NextDouble();
    }
}
