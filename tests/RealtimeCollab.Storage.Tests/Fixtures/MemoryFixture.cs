using Microsoft.Extensions.DependencyInjection;
using RealtimeCollab.Sessions.Storage;
using RealtimeCollab.Sessions.Storage.Access;
using RealtimeCollab.Sessions.Storage.Chat;
using RealtimeCollab.Sessions.Storage.Memory;
using RealtimeCollab.Sessions.Storage.Webhooks;

namespace RealtimeCollab.Storage.Tests;

public sealed class MemoryFixture : StoreFixture
{
    private readonly MemoryStore _memory = new();
    private readonly MemoryChatStore _chat;

    public MemoryFixture() => _chat = new MemoryChatStore(_memory);

    protected override void Register(IServiceCollection services)
    {
        var webhooks = (WebhookSubscriptions?)services.FirstOrDefault(service => service.ServiceType == typeof(WebhookSubscriptions))?.ImplementationInstance;
        var memory = webhooks is null ? _memory : new MemoryStore(webhooks);
        Register(services, memory, webhooks is null ? _chat : new MemoryChatStore(memory));
    }

    private static void Register(IServiceCollection services, MemoryStore memory, MemoryChatStore chat)
    {
        var outbox = new MemoryWebhookOutbox(memory);
        services
            .AddSingleton<IOperationLog>(memory)
            .AddSingleton<ISnapshotStore>(memory)
            .AddSingleton<IVersionStore>(memory)
            .AddSingleton<IDocumentCatalog>(memory)
            .AddSingleton<IStoreArchive>(memory)
            .AddSingleton<IPersonalDataStore>(memory)
            .AddSingleton<IPersonalDataStore>(chat)
            .AddSingleton<IMembershipStore>(new MemoryMembershipStore(memory))
            .AddSingleton<IShareLinkStore>(new MemoryShareLinkStore(memory))
            .AddSingleton<IMessageStore>(chat)
            .AddSingleton<IRoomMemberStore>(chat)
            .AddSingleton<INotificationStore>(chat)
            .AddSingleton<IChatArchive>(chat)
            .AddSingleton<IWebhookOutbox>(outbox)
            .AddSingleton<IWebhookArchive>(outbox);
    }
}
