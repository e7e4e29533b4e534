using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using RealtimeCollab.Sessions;
using RealtimeCollab.Sessions.Storage.Webhooks;
using RealtimeCollab.Storage.Sqlite.Internal.Connections;
using RealtimeCollab.Storage.Sqlite.Internal.Schema;
using RealtimeCollab.Storage.Sqlite.Internal.Writing;

namespace RealtimeCollab.Storage.Sqlite.Internal;

/// <summary>An open database file: one writer for all documents, and readers that never wait for it.</summary>
internal sealed class SqliteDatabase : IAsyncDisposable, IDisposable
{
    private const string Setting = "RealtimeCollab__Storage__ConnectionString";

    private readonly FileLock? _fileLock;
    private readonly SqliteReaders _readers;
    private int _disposed;

    private SqliteDatabase(string path, FileLock? fileLock, SqliteConnectionFactory connections, WebhookSubscriptions webhooks, ILogger logger)
    {
        Path = path;
        _fileLock = fileLock;
        _readers = new SqliteReaders(connections);
        (Webhooks, Logger) = (webhooks, logger);
        Writer = new SqliteWriter(connections, webhooks, logger);
    }

    public string Path { get; }

    public SqliteWriter Writer { get; }

    /// <summary>Who is told of what is written.</summary>
    public WebhookSubscriptions Webhooks { get; }

    public ILogger Logger { get; }

    /// <exception cref="InvalidOperationException">The message names the setting and says what is wrong with it.</exception>
    public static SqliteDatabase Open(SqliteStorageOptions options, WebhookSubscriptions webhooks, TimeProvider time, ILogger logger)
    {
        FileLock? fileLock = null;
        try
        {
            var connections = new SqliteConnectionFactory(options);
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(connections.Path)!);
            fileLock = options.AllowOtherProcesses ? null : FileLock.Take(connections.Path + ".lock");
            using (var connection = connections.OpenForWriting())
                SqliteSchema.Migrate(connection, time, logger);
            return new SqliteDatabase(connections.Path, fileLock, connections, webhooks, logger);
        }
        catch (Exception cause) when (cause is ArgumentException or IOException or UnauthorizedAccessException or SqliteException or NotSupportedException)
        {
            fileLock?.Dispose();
            throw new InvalidOperationException($"The SQLite store cannot be opened; check the setting {Setting}. {cause.Message}", cause);
        }
    }

    /// <exception cref="CollabException"><see cref="CollabError.StoreUnavailable"/>.</exception>
    public ValueTask<T> ReadAsync<T>(Func<SqliteReader, T> read, CancellationToken cancellationToken) =>
        _readers.ReadAsync(read, cancellationToken);

    /// <summary>What already waits to be written is written first.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;

        await Writer.DisposeAsync();
        await _readers.DisposeAsync();
        _fileLock?.Dispose();
    }

    /// <summary>For containers that are disposed of without await.</summary>
    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();
}
