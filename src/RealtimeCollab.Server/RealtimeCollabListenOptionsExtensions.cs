using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using RealtimeCollab.Server.Limits;

namespace RealtimeCollab.Server;

/// <summary>Limits at the socket.</summary>
public static class RealtimeCollabListenOptionsExtensions
{
    /// <summary>
    /// Closes sockets of strangers beyond <c>RealtimeCollab:Limits:UnauthenticatedConnections</c> and
    /// <c>:UnauthenticatedConnectionsPerAddress</c>. For servers that serve nothing to the anonymous: their visitors would be counted.
    /// </summary>
    /// <param name="listen">An endpoint of Kestrel, such as the one given to <c>ConfigureEndpointDefaults</c>.</param>
    public static ListenOptions UseRealtimeCollabLimits(this ListenOptions listen)
    {
        ArgumentNullException.ThrowIfNull(listen);
        var strangers = listen.ApplicationServices.GetRequiredService<StrangerLimits>();
        listen.Use(next => connection => strangers.RunAsync(connection, next));
        return listen;
    }
}
