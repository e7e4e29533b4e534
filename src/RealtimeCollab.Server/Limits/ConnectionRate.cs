using RealtimeCollab.Sessions;

namespace RealtimeCollab.Server.Limits;

/// <summary>How often one connection may do something.</summary>
internal sealed class ConnectionRate(Rate rate, string userId, TokenBucket? own, TokenBucket? ofUser) : IDisposable
{
    /// <summary>Counts a call.</summary>
    /// <exception cref="CollabException"><see cref="CollabError.RateLimited"/>: one too many.</exception>
    public void Take()
    {
        Take(own, rate.TooManyOfConnection);
        Take(ofUser, rate.TooManyOfUser);
    }

    public void Dispose() => rate.Close(userId);

    private static void Take(TokenBucket? bucket, string refusal)
    {
        using var lease = bucket?.AttemptAcquire();
        if (lease is { IsAcquired: false })
            throw CollabException.RateLimited(refusal);
    }
}
