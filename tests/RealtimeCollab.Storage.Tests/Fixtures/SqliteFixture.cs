using Microsoft.Extensions.DependencyInjection;
using RealtimeCollab.Storage.Sqlite;

namespace RealtimeCollab.Storage.Tests;

public sealed class SqliteFixture : StoreFixture
{
    private readonly TemporaryFolder _folder = new();

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Dispose();
    }

    // the suite opens a database twice to race for it
    protected override void Register(IServiceCollection services) => services.AddSqliteStorage(new SqliteStorageOptions
    {
        ConnectionString = $"Data Source={_folder.PathOf("store.db")}",
        AllowOtherProcesses = true,
    });
}
