using System.Globalization;
using Microsoft.Data.Sqlite;

namespace RealtimeCollab.Storage.Sqlite.Internal.Connections;

/// <summary>
/// Opens connections with the settings that the store depends on. They are kept and shared by their owners, so the provider's own
/// pool stays out of it.
/// </summary>
internal sealed class SqliteConnectionFactory
{
    // a commit returns when the write-ahead log is on disk; the file is brought up to date every 16 MiB of log
    private const string WriterSettings =
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 4096; PRAGMA journal_size_limit = 67108864;";

    private readonly string _connectionString;

    public SqliteConnectionFactory(SqliteStorageOptions options)
    {
        var builder = new SqliteConnectionStringBuilder(options.ConnectionString);
        if (builder.DataSource.Length == 0 || builder.Mode == SqliteOpenMode.Memory || builder.DataSource.StartsWith(':'))
            throw new ArgumentException("Data Source must be a file; for a store in memory choose the provider 'memory'.", nameof(options));

        Path = System.IO.Path.GetFullPath(builder.DataSource);
        builder.DataSource = Path;
        builder.Pooling = false;
        builder.Cache = SqliteCacheMode.Private;
        builder.DefaultTimeout = options.BusyTimeoutSeconds;
        _connectionString = builder.ToString();
        BusyTimeout = (options.BusyTimeoutSeconds * 1000).ToString(CultureInfo.InvariantCulture);
    }

    public string Path { get; }

    private string BusyTimeout { get; }

    public SqliteConnection OpenForWriting() => Open(WriterSettings);

    public SqliteConnection OpenForReading() => Open("PRAGMA query_only = ON;");

    private SqliteConnection Open(string settings)
    {
        var connection = new SqliteConnection(_connectionString);
        try
        {
            connection.Open();
            connection.Run($"PRAGMA busy_timeout = {BusyTimeout}; {settings}");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
