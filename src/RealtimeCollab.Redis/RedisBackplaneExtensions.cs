using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using RealtimeCollab.Redis.Internal;
using RealtimeCollab.Redis.Internal.Presence;
using RealtimeCollab.Sessions.Backplane;
using RealtimeCollab.Sessions.Presence.Nodes;
using RealtimeCollab.Sessions.Telemetry;

namespace RealtimeCollab.Redis;

/// <summary>Joins the nodes of RealtimeCollab through Redis.</summary>
public static class RedisBackplaneExtensions
{
    /// <summary>
    /// Messages to connections of other nodes, and who is here, go through Redis; for the hubs of RealtimeCollab, before or after
    /// <c>AddRealtimeCollab</c>. A server that is away does not stop the start.
    /// </summary>
    /// <param name="signalR">The application's SignalR.</param>
    /// <param name="connectionString">As StackExchange.Redis takes it, such as <c>redis:6379,password=…</c>.</param>
    public static ISignalRServerBuilder AddRedisBackplane(this ISignalRServerBuilder signalR, string connectionString) =>
        signalR.AddRedisBackplane(new RedisBackplaneOptions { ConnectionString = connectionString });

    /// <inheritdoc cref="AddRedisBackplane(ISignalRServerBuilder, string)"/>
    /// <param name="signalR">The application's SignalR.</param>
    /// <param name="options">Where Redis is.</param>
    public static ISignalRServerBuilder AddRedisBackplane(this ISignalRServerBuilder signalR, RedisBackplaneOptions options)
    {
        ArgumentNullException.ThrowIfNull(signalR);
        ArgumentNullException.ThrowIfNull(options);
        if (string.IsNullOrWhiteSpace(options.ConnectionString))
            throw new ArgumentException("The address of Redis is missing: give one such as 'redis:6379'.", nameof(options));
        var services = signalR.Services;
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<CollabMetrics>();
        services.AddSingleton(options);
        services.TryAddSingleton<RedisConnection>();
        services.AddSingleton<IBackplane, RedisBackplane>();
        services.AddSingleton<IPresenceStore, RedisPresenceStore>();
        return signalR;
    }
}
