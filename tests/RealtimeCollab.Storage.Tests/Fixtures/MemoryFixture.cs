using Microsoft.Extensions.DependencyInjection;
using RealtimeCollab.Sessions.Storage;
using RealtimeCollab.Sessions.Storage.Access;
using RealtimeCollab.Sessions.Storage.Chat;
using RealtimeCollab.Sessions.Storage.Memory;

namespace RealtimeCollab.Storage.Tests;

public sealed class MemoryFixture : StoreFixture
{
    private readonly MemoryStore _memory = new();
    private readonly MemoryChatStore _chat;

    public MemoryFixture() => _chat = new MemoryChatStore(_memory);

    protected override void Register(IServiceCollection services) => services
        .AddSingleton<IOperationLog>(_memory)
        .AddSingleton<ISnapshotStore>(_memory)
        .AddSingleton<IVersionStore>(_memory)
        .AddSingleton<IDocumentCatalog>(_memory)
        .AddSingleton<IStoreArchive>(_memory)
        .AddSingleton<IPersonalDataStore>(_memory)
        .AddSingleton<IPersonalDataStore>(_chat)
        .AddSingleton<IMembershipStore>(new MemoryMembershipStore(_memory))
        .AddSingleton<IShareLinkStore>(new MemoryShareLinkStore(_memory))
        .AddSingleton<IMessageStore>(_chat)
        .AddSingleton<IRoomMemberStore>(_chat)
        .AddSingleton<INotificationStore>(_chat)
        .AddSingleton<IChatArchive>(_chat);
}
