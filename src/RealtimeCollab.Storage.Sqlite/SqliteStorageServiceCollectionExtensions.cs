using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using RealtimeCollab.Sessions.Storage;
using RealtimeCollab.Sessions.Storage.Access;
using RealtimeCollab.Sessions.Storage.Chat;
using RealtimeCollab.Sessions.Storage.Webhooks;
using RealtimeCollab.Storage.Sqlite.Internal;
using RealtimeCollab.Storage.Sqlite.Internal.Ports;

namespace RealtimeCollab.Storage.Sqlite;

/// <summary>Registration of the store in a SQLite file.</summary>
public static class SqliteStorageServiceCollectionExtensions
{
    /// <summary>
    /// Adds the ports of storage in a SQLite file. The file is opened, and its schema brought up to date, when the host starts or a
    /// port is first resolved; if that fails, an <see cref="InvalidOperationException"/> names the setting and the reason.
    /// </summary>
    /// <param name="services">Where to add them.</param>
    /// <param name="connectionString">See <see cref="SqliteStorageOptions.ConnectionString"/>.</param>
    public static IServiceCollection AddSqliteStorage(this IServiceCollection services, string connectionString) =>
        services.AddSqliteStorage(new SqliteStorageOptions { ConnectionString = connectionString });

    /// <inheritdoc cref="AddSqliteStorage(IServiceCollection, string)"/>
    /// <param name="services">Where to add them.</param>
    /// <param name="options">Read when the file is opened.</param>
    public static IServiceCollection AddSqliteStorage(this IServiceCollection services, SqliteStorageOptions options)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(options);

        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(provider => SqliteDatabase.Open(
            options,
            provider.GetService<WebhookSubscriptions>() ?? WebhookSubscriptions.None,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetService<ILogger<SqliteDatabase>>() ?? NullLogger<SqliteDatabase>.Instance));
        services.AddSingleton<IOperationLog, SqliteOperationLog>();
        services.AddSingleton<ISnapshotStore, SqliteSnapshotStore>();
        services.AddSingleton<IVersionStore, SqliteVersionStore>();
        services.AddSingleton<IMembershipStore, SqliteMembershipStore>();
        services.AddSingleton<IShareLinkStore, SqliteShareLinkStore>();
        services.AddSingleton<IDocumentCatalog, SqliteDocumentCatalog>();
        services.AddSingleton<IStoreArchive, SqliteStoreArchive>();
        services.AddSingleton<IPersonalDataStore, SqlitePersonalDataStore>();
        services.AddSingleton<IMessageStore, SqliteMessageStore>();
        services.AddSingleton<IRoomMemberStore, SqliteRoomMemberStore>();
        services.AddSingleton<INotificationStore, SqliteNotificationStore>();
        services.AddSingleton<IChatArchive, SqliteChatArchive>();
        services.AddSingleton<IWebhookOutbox, SqliteWebhookOutbox>();
        services.AddSingleton<IWebhookArchive, SqliteWebhookArchive>();
        services.AddHostedService<OpenAtStart>();
        return services;
    }
}
