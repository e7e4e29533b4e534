using Microsoft.Extensions.DependencyInjection;
using RealtimeCollab.Storage.Sqlite;
using RealtimeCollab.Storage.Sqlite.Internal;

namespace RealtimeCollab.Storage.Tests.Sqlite;

/// <summary>A folder of its own for each test, and stores on files in it.</summary>
public abstract class SqliteTestBase : IDisposable
{
    protected TemporaryFolder Folder { get; } = new();

    protected string DatabasePath => Folder.PathOf("store.db");

    public void Dispose()
    {
        Folder.Dispose();
        GC.SuppressFinalize(this);
    }

    protected Task<TestStore> OpenAsync(bool shared = false) => OpenAsync(new SqliteStorageOptions
    {
        ConnectionString = $"Data Source={DatabasePath}",
        AllowOtherProcesses = shared,
        BusyTimeoutSeconds = 1,
    });

    protected static Task<TestStore> OpenAsync(SqliteStorageOptions options) =>
        TestStore.StartAsync(new ServiceCollection().AddSqliteStorage(options));

    private protected static SqliteDatabase Database(TestStore store) => store.Get<SqliteDatabase>();
}
