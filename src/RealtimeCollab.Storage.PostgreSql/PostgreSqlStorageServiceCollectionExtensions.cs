using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using RealtimeCollab.Sessions.Storage;
using RealtimeCollab.Sessions.Storage.Access;
using RealtimeCollab.Sessions.Storage.Chat;
using RealtimeCollab.Sessions.Storage.Webhooks;
using RealtimeCollab.Storage.PostgreSql.Internal;
using RealtimeCollab.Storage.PostgreSql.Internal.Ports;

namespace RealtimeCollab.Storage.PostgreSql;

/// <summary>Registration of the store in PostgreSQL.</summary>
public static class PostgreSqlStorageServiceCollectionExtensions
{
    /// <summary>
    /// Adds the ports of storage in a PostgreSQL database, in a schema named <c>realtimecollab</c>. The schema is brought up to date
    /// when the host starts or a port is first resolved; if that fails, an <see cref="InvalidOperationException"/> names the setting
    /// and the reason. Later on a database that is away makes calls fail, and is found again by itself.
    /// </summary>
    /// <param name="services">Where to add them.</param>
    /// <param name="connectionString">A connection string of Npgsql. The user may create a schema, or owns <c>realtimecollab</c>.</param>
    public static IServiceCollection AddPostgreSqlStorage(this IServiceCollection services, string connectionString)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(connectionString);

        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(provider => PostgreSqlDatabase.Open(
            connectionString,
            provider.GetService<WebhookSubscriptions>() ?? WebhookSubscriptions.None,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetService<ILogger<PostgreSqlDatabase>>() ?? NullLogger<PostgreSqlDatabase>.Instance));
        services.AddSingleton<IOperationLog, PostgreSqlOperationLog>();
        services.AddSingleton<ISnapshotStore, PostgreSqlSnapshotStore>();
        services.AddSingleton<IVersionStore, PostgreSqlVersionStore>();
        services.AddSingleton<IMembershipStore, PostgreSqlMembershipStore>();
        services.AddSingleton<IShareLinkStore, PostgreSqlShareLinkStore>();
        services.AddSingleton<IDocumentCatalog, PostgreSqlDocumentCatalog>();
        services.AddSingleton<IStoreArchive, PostgreSqlStoreArchive>();
        services.AddSingleton<IPersonalDataStore, PostgreSqlPersonalDataStore>();
        services.AddSingleton<IMessageStore, PostgreSqlMessageStore>();
        services.AddSingleton<IRoomMemberStore, PostgreSqlRoomMemberStore>();
        services.AddSingleton<INotificationStore, PostgreSqlNotificationStore>();
        services.AddSingleton<IChatArchive, PostgreSqlChatArchive>();
        services.AddSingleton<IWebhookOutbox, PostgreSqlWebhookOutbox>();
        services.AddSingleton<IWebhookArchive, PostgreSqlWebhookArchive>();
        services.AddHostedService<OpenAtStart>();
        return services;
    }
}
