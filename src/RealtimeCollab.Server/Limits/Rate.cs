namespace RealtimeCollab.Server.Limits;

/// <summary>How often something may be done: by one connection, and by all connections of one user on this node.</summary>
/// <param name="what">What is counted, for the refusal.</param>
/// <param name="perConnection">Each second, 0 for no limit.</param>
/// <param name="perUser">Each second, 0 for no limit.</param>
/// <param name="time">The clock.</param>
internal sealed class Rate(string what, int perConnection, int perUser, TimeProvider time)
{
    private readonly UserBuckets? _users = perUser == 0 ? null : new UserBuckets(perUser, time);

    /// <summary>What stands in the refusal of one that is too many for its connection.</summary>
    public string TooManyOfConnection { get; } = $"More than {perConnection} {what} a second.";

    /// <summary>What stands in the refusal of one that is too many for its user.</summary>
    public string TooManyOfUser { get; } = $"More than {perUser} {what} a second of one user.";

    public bool IsLimitedByConnection => perConnection > 0;

    /// <summary>For a connection that was opened; disposed when it ends.</summary>
    public ConnectionRate Open(string userId) => new(this, userId, _users?.Open(userId));

    /// <summary>A connection's own, where there is a limit.</summary>
    public TokenBucket NewBucket() => new(perConnection, time);

    /// <summary>Counts a request that belongs to no connection.</summary>
    /// <exception cref="Sessions.CollabException"><see cref="Sessions.CollabError.RateLimited"/>: one too many of the user.</exception>
    public void Take(string userId)
    {
        using var request = Open(userId);
        request.Take();
    }

    /// <summary>Takes back one <see cref="Open"/>.</summary>
    public void Close(string userId) => _users?.Close(userId);
}
