using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace RealtimeCollab.Server.Followers;

/// <summary>Registers what event streams need.</summary>
internal static class FollowerRegistration
{
    public static void AddFollowers(this IServiceCollection services)
    {
        services.TryAddSingleton<FollowerServices>();
        services.TryAddSingleton<FollowerRegistry>();
        services.TryAddSingleton<FollowerNotifier>();
        services.TryAddSingleton<EventTickets>();
        services.TryAddSingleton<EventAddresses>();
        services.TryAddSingleton<EventsApi>();
    }
}
