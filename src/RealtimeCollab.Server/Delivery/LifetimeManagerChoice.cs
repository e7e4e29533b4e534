using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using RealtimeCollab.Server.Delivery.Backplane;
using RealtimeCollab.Sessions.Backplane;

namespace RealtimeCollab.Server.Delivery;

/// <summary>
/// Our lifetime manager serves our hubs alone, and gives way to the one that an application adds for all hubs, before or
/// after this library: SignalR's Redis backplane and the Azure SignalR Service are such.
/// </summary>
internal static class LifetimeManagerChoice
{
    public static HubLifetimeManager<THub> Create<THub>(IServiceCollection services, IServiceProvider provider)
        where THub : Hub
    {
        var forAllHubs = services.Last(service => service.ServiceType == typeof(HubLifetimeManager<>)).ImplementationType;
        var isOurs = forAllHubs is null || forAllHubs == typeof(DefaultHubLifetimeManager<>);
        var ours = services.Any(service => service.ServiceType == typeof(IBackplane)) ? typeof(BackplaneHubLifetimeManager<>) : typeof(BoundedHubLifetimeManager<>);
        var chosen = isOurs ? ours : forAllHubs!;
        return (HubLifetimeManager<THub>)ActivatorUtilities.CreateInstance(provider, chosen.MakeGenericType(typeof(THub)));
    }
}
