using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using RealtimeCollab.Server.Access;

namespace RealtimeCollab.Server.Followers;

/// <summary>Registers what event streams need.</summary>
internal static class FollowerRegistration
{
    public static void AddFollowers(this IServiceCollection services)
    {
        services.TryAddSingleton<FollowerServices>();
        services.TryAddSingleton<FollowerRegistry>();
        services.AddSingleton<IDocumentGuests>(provider => provider.GetRequiredService<FollowerRegistry>());
        services.TryAddSingleton<FollowerNotifier>();
        services.TryAddSingleton<EventTickets>();
        services.AddHostedService<EventsKeyWarning>();
        services.TryAddSingleton<EventAddresses>();
        services.TryAddSingleton<EventsApi>();
    }
}
