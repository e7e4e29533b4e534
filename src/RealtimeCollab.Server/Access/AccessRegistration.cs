using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using RealtimeCollab.Server.Http;
using RealtimeCollab.Sessions.Storage.Access;

namespace RealtimeCollab.Server.Access;

/// <summary>Registers who decides what users may do, and who sees to it.</summary>
internal static class AccessRegistration
{
    public static void AddAccess(this IServiceCollection services)
    {
        services.TryAddSingleton<IMembershipStore>(_ => throw RealtimeCollabServiceCollectionExtensions.NoStore());
        services.TryAddSingleton<IShareLinkStore>(_ => throw RealtimeCollabServiceCollectionExtensions.NoStore());
        services.TryAddSingleton<IDocumentAuthorizer, MembershipAuthorizer>();
        services.TryAddSingleton<DocumentRoles>();
        services.TryAddSingleton<AccessWatch>();
        services.TryAddSingleton<IDocumentAccess>(provider => provider.GetRequiredService<AccessWatch>());
        services.AddHostedService(provider => provider.GetRequiredService<AccessWatch>());
        services.TryAddSingleton<MemberApi>();
        services.TryAddSingleton<LinkApi>();
    }
}
