using System.Net;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using RealtimeCollab.Server.Configuration;

namespace RealtimeCollab.Server.Limits;

/// <summary>
/// Counts the sockets over which nobody has shown a valid token yet, and closes those that are too many: idle and slow strangers must not
/// take the place of users.
/// </summary>
internal sealed class StrangerLimits(IOptions<RealtimeCollabOptions> options, ILogger<StrangerLimits> logger) : IDisposable
{
    private readonly PartitionedRateLimiter<bool> _all = Concurrency.For<bool>(options.Value.ConnectionLimits.UnauthenticatedConnections);

    private readonly PartitionedRateLimiter<IPAddress> _addresses =
        Concurrency.For<IPAddress>(options.Value.ConnectionLimits.UnauthenticatedConnectionsPerAddress);

    /// <summary>Wraps what handles a socket.</summary>
    public async Task RunAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        using var one = _all.AttemptAcquire(resource: true);
        using var ofAddress = _addresses.AttemptAcquire((connection.RemoteEndPoint as IPEndPoint)?.Address ?? IPAddress.None);
        if (!one.IsAcquired || !ofAddress.IsAcquired)
        {
            LimitsLog.StrangerRefused(logger, connection.ConnectionId);
            connection.Abort();
            return;
        }

        connection.Features.Set(new Stranger(one, ofAddress));
        await next(connection);
    }

    public void Dispose()
    {
        _all.Dispose();
        _addresses.Dispose();
    }
}

/// <summary>A feature of a socket, and so of its requests: whoever shows a valid token is a stranger no more.</summary>
internal sealed class Stranger(RateLimitLease one, RateLimitLease ofAddress)
{
    public void Introduce()
    {
        one.Dispose();
        ofAddress.Dispose();
    }
}
