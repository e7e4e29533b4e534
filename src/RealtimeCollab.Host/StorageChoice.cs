using RealtimeCollab.Server;
using RealtimeCollab.Storage.PostgreSql;
using RealtimeCollab.Storage.Sqlite;

namespace RealtimeCollab.Host;

/// <summary>The store that the settings RealtimeCollab:Storage:Provider and :ConnectionString ask for.</summary>
internal static class StorageChoice
{
    private const string ProviderSetting = "RealtimeCollab:Storage:Provider";
    private const string ConnectionStringSetting = "RealtimeCollab:Storage:ConnectionString";
    private const string DefaultFile = "Data Source=data/realtimecollab.db";

    public static IServiceCollection AddConfiguredStorage(this IServiceCollection services, IConfiguration configuration)
    {
        var connectionString = configuration[ConnectionStringSetting];
        return (configuration[ProviderSetting] ?? "sqlite").ToLowerInvariant() switch
        {
            "sqlite" => services.AddSqliteStorage(connectionString ?? DefaultFile),
            "postgresql" => services.AddPostgreSqlStorage(connectionString ?? throw Missing()),
            "memory" => services.AddMemoryStorage(),
            var other => throw new InvalidOperationException($"{ProviderSetting} is '{other}'; it is one of sqlite, postgresql, memory."),
        };
    }

    private static InvalidOperationException Missing() =>
        new($"{ProviderSetting} is postgresql, and {ConnectionStringSetting} is missing: give it a connection string such as 'Host=db;Database=collab;Username=collab'.");
}
