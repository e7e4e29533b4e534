using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;
using RealtimeCollab.Server.Configuration;
using RealtimeCollab.Sessions;

namespace RealtimeCollab.Server.Limits;

/// <summary>
/// How many files are imported at the same time. A user has a few, from the first byte on, so that bodies that never end hold up that user alone;
/// the work that begins when a body is there is done for a few of all users, while some wait.
/// </summary>
internal sealed class ImportSeats : IDisposable
{
    private const int WaitingForEach = 8;

    private readonly int _perUser;
    private readonly PartitionedRateLimiter<string> _users;
    private readonly ConcurrencyLimiter? _work;

    public ImportSeats(IOptions<RealtimeCollabOptions> options)
    {
        var limits = options.Value.RequestLimits;
        _perUser = limits.ImportsAtOncePerUser;
        _users = Concurrency.For<string>(_perUser);
        if (limits.ImportsAtOnce > 0)
            _work = new ConcurrencyLimiter(new ConcurrencyLimiterOptions { PermitLimit = limits.ImportsAtOnce, QueueLimit = limits.ImportsAtOnce * WaitingForEach });
    }

    /// <summary>Counts a user's import until the result is disposed.</summary>
    /// <exception cref="CollabException"><see cref="CollabError.RateLimited"/>: the user has as many as may be.</exception>
    public IDisposable Take(string userId)
    {
        var seat = _users.AttemptAcquire(userId);
        return seat.IsAcquired ? seat : throw CollabException.RateLimited($"The user has {_perUser} imports under way; more at the same time are not allowed.");
    }

    /// <summary>Waits for the node to have time for a file, which it has until the result is disposed.</summary>
    /// <exception cref="CollabException"><see cref="CollabError.RateLimited"/>: too many wait already.</exception>
    public async ValueTask<IDisposable?> WorkAsync(CancellationToken cancellationToken)
    {
        if (_work is null)
            return null;
        var work = await _work.AcquireAsync(permitCount: 1, cancellationToken);
        return work.IsAcquired ? work : throw CollabException.RateLimited("The node has too many imports under way; try again later.");
    }

    public void Dispose()
    {
        _users.Dispose();
        _work?.Dispose();
    }
}
