using System.Net;
using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;
using RealtimeCollab.Server.Configuration;
using RealtimeCollab.Server.Hubs;
using RealtimeCollab.Sessions;

namespace RealtimeCollab.Server.Limits;

/// <summary>How many connections a user, and an address, has to each hub of this node.</summary>
internal sealed class ConnectionSeats : IDisposable
{
    private readonly NodeState _node;
    private readonly int _perUser;
    private readonly int _perAddress;
    private readonly PartitionedRateLimiter<(string Hub, string UserId)> _users;
    private readonly PartitionedRateLimiter<(string Hub, IPAddress Address)> _addresses;

    public ConnectionSeats(IOptions<RealtimeCollabOptions> options, NodeState node)
    {
        _node = node;
        (_perUser, _perAddress) = (options.Value.Limits.ConnectionsPerUser, options.Value.Limits.ConnectionsPerAddress);
        _users = Concurrency.For<(string, string)>(_perUser);
        _addresses = Concurrency.For<(string, IPAddress)>(_perAddress);
    }

    /// <summary>Counts a connection until the result is disposed.</summary>
    /// <param name="hub">The hub's name.</param>
    /// <param name="userId">The user.</param>
    /// <param name="address">Where the connection comes from, if that is known.</param>
    /// <exception cref="CollabException"><see cref="CollabError.RateLimited"/>: there are as many as may be;
    /// <see cref="CollabError.ServerDraining"/>.</exception>
    public IDisposable Take(string hub, string userId, IPAddress? address)
    {
        if (_node.IsDraining)
            throw CollabException.ServerDraining();
        var user = _users.AttemptAcquire((hub, userId));
        if (!user.IsAcquired)
            throw CollabException.RateLimited($"The user has {_perUser} connections to this hub; more are not allowed.");
        if (address is null)
            return user;
        var place = _addresses.AttemptAcquire((hub, address));
        if (place.IsAcquired)
            return new Seat(user, place);
        user.Dispose();
        throw CollabException.RateLimited($"The address has {_perAddress} connections to this hub; more are not allowed.");
    }

    public void Dispose()
    {
        _users.Dispose();
        _addresses.Dispose();
    }

    private sealed class Seat(RateLimitLease user, RateLimitLease address) : IDisposable
    {
        public void Dispose()
        {
            user.Dispose();
            address.Dispose();
        }
    }
}
