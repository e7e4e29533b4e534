using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using RealtimeCollab.Protocol.MessagePack;
using RealtimeCollab.Server.Configuration;
using RealtimeCollab.Server.Delivery;
using RealtimeCollab.Server.Refusals;

namespace RealtimeCollab.Server.Hubs;

/// <summary>Registers what makes a SignalR hub one of ours: limits, refusals with codes, rooms that do not wait; and the protocol that all of them have beside JSON.</summary>
internal static class HubRegistration
{
    private const int ParallelInvocationsPerClient = 8;
    private static readonly TimeSpan KeepAlive = new DeliveryLimits().PingInterval;
    private static readonly TimeSpan ClientTimeout = TimeSpan.FromSeconds(15);

    /// <summary>Our lifetime manager pings by itself.</summary>
    private static readonly TimeSpan Never = TimeSpan.MaxValue;

    public static ISignalRServerBuilder AddCollabHub<THub>(this ISignalRServerBuilder signalR)
        where THub : Hub
    {
        // the settings below are not at hand yet; without this call SignalR would overlook them
        signalR.AddHubOptions<THub>(_ => { });
        var services = signalR.Services;
        services.TryAddSingleton(provider => LifetimeManagerChoice.Create<THub>(services, provider));
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<HubConnectionHandler<THub>>(
            provider, new RefusingProtocolResolver(provider.GetRequiredService<IHubProtocolResolver>())));
        services.AddOptions<HubOptions<THub>>().Configure<IOptions<RealtimeCollabOptions>>((hub, options) =>
        {
            hub.KeepAliveInterval = LifetimeManagerChoice.IsOurs(services) ? Never : KeepAlive;
            hub.ClientTimeoutInterval = ClientTimeout;
            hub.MaximumParallelInvocationsPerClient = ParallelInvocationsPerClient;
            hub.HandshakeTimeout = options.Value.ConnectionLimits.HandshakeTimeout;
            hub.MaximumReceiveMessageSize = options.Value.Limits.MaxFrameBytes;
            hub.AddFilter<RefusalFilter>();
        });
        return signalR;
    }

    /// <summary>
    /// Of two protocols with one name SignalR takes the one that was registered last. Ours goes in front, so that an application which adds the
    /// official package, before or after this library, has that.
    /// </summary>
    public static ISignalRServerBuilder AddCollabMessagePack(this ISignalRServerBuilder signalR)
    {
        if (!signalR.Services.Any(service => service.ImplementationType == typeof(CollabMessagePackProtocol)))
            signalR.Services.Insert(0, ServiceDescriptor.Singleton<IHubProtocol, CollabMessagePackProtocol>());
        return signalR;
    }
}
