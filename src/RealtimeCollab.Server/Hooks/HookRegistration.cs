using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace RealtimeCollab.Server.Hooks;

/// <summary>Registers what calls the application's hooks.</summary>
internal static class HookRegistration
{
    public static void AddHooks(this IServiceCollection services)
    {
        services.TryAddSingleton(typeof(HookSet<>));
        services.TryAddSingleton<HookMetrics>();
        services.TryAddSingleton<HookRunner>();
        services.TryAddSingleton<LoadGate>();
        services.TryAddSingleton<OperationGate>();
        services.TryAddSingleton<CommitHookQueue>();
        services.AddHostedService(provider => provider.GetRequiredService<CommitHookQueue>());
    }
}
