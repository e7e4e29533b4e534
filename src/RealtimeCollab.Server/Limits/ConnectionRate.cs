using RealtimeCollab.Sessions;

namespace RealtimeCollab.Server.Limits;

/// <summary>How often one connection may do something.</summary>
internal sealed class ConnectionRate(Rate rate, string userId, TokenBucket? ofUser) : IDisposable
{
    private TokenBucket? _own;

    /// <summary>Counts a call.</summary>
    /// <exception cref="CollabException"><see cref="CollabError.RateLimited"/>: one too many.</exception>
    public void Take()
    {
        Take(Own, rate.TooManyOfConnection);
        Take(ofUser, rate.TooManyOfUser);
    }

    /// <summary>Counts a call that is worth several: it is let through while anything is left, and what it takes beyond that is owed.</summary>
    /// <exception cref="CollabException"><see cref="CollabError.RateLimited"/>: nothing is left.</exception>
    public void Spend(int count)
    {
        if (count == 0)
            return;
        Refuse(Own?.TrySpend(count), rate.TooManyOfConnection);
        Refuse(ofUser?.TrySpend(count), rate.TooManyOfUser);
    }

    public void Dispose() => rate.Close(userId);

    /// <summary>Full as long as nothing was taken: most connections only listen, and do without one.</summary>
    private TokenBucket? Own =>
        _own ?? (rate.IsLimitedByConnection ? LazyInitializer.EnsureInitialized(ref _own, rate.NewBucket) : null);

    private static void Take(TokenBucket? bucket, string refusal)
    {
        using var lease = bucket?.AttemptAcquire();
        Refuse(lease?.IsAcquired, refusal);
    }

    private static void Refuse(bool? isLetThrough, string refusal)
    {
        if (isLetThrough == false)
            throw CollabException.RateLimited(refusal);
    }
}
