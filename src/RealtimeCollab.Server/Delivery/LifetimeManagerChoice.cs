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
        var ours = services.Any(service => service.ServiceType == typeof(IBackplane)) ? typeof(BackplaneHubLifetimeManager<>) : typeof(BoundedHubLifetimeManager<>);
        var chosen = IsOurs(services) ? ours : ForAllHubs(services)!;
        return (HubLifetimeManager<THub>)ActivatorUtilities.CreateInstance(provider, chosen.MakeGenericType(typeof(THub)));
    }

    /// <summary>Whether it is ours that serves our hubs.</summary>
    public static bool IsOurs(IServiceCollection services) => ForAllHubs(services) is not { } type || type == typeof(DefaultHubLifetimeManager<>);

    private static Type? ForAllHubs(IServiceCollection services) =>
        services.Last(service => service.ServiceType == typeof(HubLifetimeManager<>)).ImplementationType;
}
