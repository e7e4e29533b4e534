using Microsoft.Extensions.DependencyInjection;
using RealtimeCollab.Sessions.Storage;
using RealtimeCollab.Sessions.Storage.Access;
using RealtimeCollab.Sessions.Storage.Chat;
using RealtimeCollab.Sessions.Storage.Memory;
using RealtimeCollab.Sessions.Storage.Webhooks;

namespace RealtimeCollab.Server;

/// <summary>Registration of the store that forgets.</summary>
public static class MemoryStorageServiceCollectionExtensions
{
    /// <summary>Adds the ports of storage in memory: for tests and demonstrations, everything is gone when the process ends.</summary>
    /// <param name="services">Where to add them.</param>
    public static IServiceCollection AddMemoryStorage(this IServiceCollection services)
    {
        services.AddSingleton<MemoryStore>();
        services.AddSingleton<IOperationLog>(provider => provider.GetRequiredService<MemoryStore>());
        services.AddSingleton<ISnapshotStore>(provider => provider.GetRequiredService<MemoryStore>());
        services.AddSingleton<IVersionStore>(provider => provider.GetRequiredService<MemoryStore>());
        services.AddSingleton<IDocumentCatalog>(provider => provider.GetRequiredService<MemoryStore>());
        services.AddSingleton<IStoreArchive>(provider => provider.GetRequiredService<MemoryStore>());
        services.AddSingleton<IPersonalDataStore>(provider => provider.GetRequiredService<MemoryStore>());
        services.AddSingleton<MemoryWebhookOutbox>();
        services.AddSingleton<IWebhookOutbox>(provider => provider.GetRequiredService<MemoryWebhookOutbox>());
        services.AddSingleton<IMembershipStore, MemoryMembershipStore>();
        services.AddSingleton<IShareLinkStore, MemoryShareLinkStore>();
        services.AddSingleton<MemoryChatStore>();
        services.AddSingleton<IMessageStore>(provider => provider.GetRequiredService<MemoryChatStore>());
        services.AddSingleton<IRoomMemberStore>(provider => provider.GetRequiredService<MemoryChatStore>());
        services.AddSingleton<INotificationStore>(provider => provider.GetRequiredService<MemoryChatStore>());
        services.AddSingleton<IChatArchive>(provider => provider.GetRequiredService<MemoryChatStore>());
        services.AddSingleton<IPersonalDataStore>(provider => provider.GetRequiredService<MemoryChatStore>());
        return services;
    }
}
