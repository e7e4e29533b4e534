using Microsoft.Extensions.DependencyInjection;
using RealtimeCollab.Sessions.Storage;
using RealtimeCollab.Sessions.Storage.Memory;

namespace RealtimeCollab.Storage.Tests;

public sealed class MemoryFixture : StoreFixture
{
    private readonly MemoryStore _memory = new();

    protected override void Register(IServiceCollection services) => services
        .AddSingleton<IOperationLog>(_memory)
        .AddSingleton<ISnapshotStore>(_memory)
        .AddSingleton<IVersionStore>(_memory)
        .AddSingleton<IStoreArchive>(_memory);
}
