using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using RealtimeCollab.Sessions.Storage;
using RealtimeCollab.Sessions.Storage.Access;
using RealtimeCollab.Sessions.Storage.Chat;
using RealtimeCollab.Sessions.Storage.Webhooks;

namespace RealtimeCollab.Storage.Tests;

/// <summary>The ports of a store as a host has them.</summary>
public sealed class TestStore : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private TestStore(ServiceProvider services) => _services = services;

    public IOperationLog Log => _services.GetRequiredService<IOperationLog>();

    public ISnapshotStore Snapshots => _services.GetRequiredService<ISnapshotStore>();

    public IVersionStore Versions => _services.GetRequiredService<IVersionStore>();

    public IMembershipStore Memberships => _services.GetRequiredService<IMembershipStore>();

    public IShareLinkStore Links => _services.GetRequiredService<IShareLinkStore>();

    public IDocumentCatalog Catalog => _services.GetRequiredService<IDocumentCatalog>();

    public IStoreArchive Archive => _services.GetRequiredService<IStoreArchive>();

    public IMessageStore Messages => _services.GetRequiredService<IMessageStore>();

    public IRoomMemberStore Members => _services.GetRequiredService<IRoomMemberStore>();

    public INotificationStore Notifications => _services.GetRequiredService<INotificationStore>();

    public IWebhookOutbox Outbox => _services.GetRequiredService<IWebhookOutbox>();

    public IWebhookArchive OutboxArchive => _services.GetRequiredService<IWebhookArchive>();

    public IChatArchive ChatArchive => _services.GetRequiredService<IChatArchive>();

    public static async Task<TestStore> StartAsync(IServiceCollection services)
    {
        services.AddLogging();
        var provider = services.BuildServiceProvider(validateScopes: true);
        try
        {
            foreach (var hosted in provider.GetServices<IHostedService>())
                await hosted.StartAsync(TestContext.Current.CancellationToken);
            return new TestStore(provider);
        }
        catch
        {
            await provider.DisposeAsync();
            throw;
        }
    }

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
