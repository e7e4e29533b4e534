using Microsoft.Extensions.Logging;
using Npgsql;
using RealtimeCollab.Sessions;
using RealtimeCollab.Sessions.Storage.Webhooks;
using RealtimeCollab.Storage.PostgreSql.Internal.Schema;
using RealtimeCollab.Storage.PostgreSql.Internal.Writing;

namespace RealtimeCollab.Storage.PostgreSql.Internal;

/// <summary>An open database: one appender for all documents of this node, and a pool of connections for everything else.</summary>
internal sealed class PostgreSqlDatabase : IAsyncDisposable, IDisposable
{
    private const string Setting = "RealtimeCollab__Storage__ConnectionString";

    private readonly NpgsqlDataSource _source;
    private int _disposed;

    private PostgreSqlDatabase(NpgsqlDataSource source, string name, WebhookSubscriptions webhooks, ILogger logger)
    {
        _source = source;
        Name = name;
        (Webhooks, Logger) = (webhooks, logger);
        Appender = new GroupAppender(source, webhooks, logger);
    }

    /// <summary>For logs: host and database, no secrets.</summary>
    public string Name { get; }

    public GroupAppender Appender { get; }

    /// <summary>Who is told of what is written.</summary>
    public WebhookSubscriptions Webhooks { get; }

    public ILogger Logger { get; }

    /// <exception cref="InvalidOperationException">The message names the setting and says what is wrong with it.</exception>
    public static PostgreSqlDatabase Open(string connectionString, WebhookSubscriptions webhooks, TimeProvider time, ILogger logger)
    {
        NpgsqlDataSource? source = null;
        try
        {
            var settings = new NpgsqlConnectionStringBuilder(connectionString);
            source = NpgsqlDataSource.Create(settings);
            using (var connection = source.OpenConnection())
                PostgreSqlSchema.Migrate(connection, time, logger);
            return new PostgreSqlDatabase(source, $"PostgreSQL {settings.Database} on {settings.Host}", webhooks, logger);
        }
        catch (Exception cause) when (cause is ArgumentException or NpgsqlException or NotSupportedException or InvalidOperationException or TimeoutException)
        {
            source?.Dispose();
            throw new InvalidOperationException($"The PostgreSQL store cannot be opened; check the setting {Setting}. {cause.Message}", cause);
        }
    }

    /// <summary>
    /// Reads on a connection of the pool. After a restart of the server the pool holds connections that are gone: the first caller
    /// to notice empties it and tries once more, which a read may.
    /// </summary>
    /// <exception cref="CollabException"><see cref="CollabError.StoreUnavailable"/>.</exception>
    public async ValueTask<T> ReadAsync<T>(Func<NpgsqlConnection, CancellationToken, Task<T>> read, CancellationToken cancellationToken)
    {
        try
        {
            return await RunAsync(read, cancellationToken);
        }
        catch (CollabException failure) when (failure.InnerException is NpgsqlException and not PostgresException { IsTransient: false })
        {
            _source.Clear();
            return await RunAsync(read, cancellationToken);
        }
    }

    /// <summary>Writes on a connection of the pool, once.</summary>
    /// <exception cref="CollabException"><see cref="CollabError.StoreUnavailable"/>; the outcome is unknown.</exception>
    public ValueTask<T> WriteAsync<T>(Func<NpgsqlConnection, CancellationToken, Task<T>> write, CancellationToken cancellationToken) =>
        RunAsync(write, cancellationToken);

    /// <summary>What already waits to be appended is appended first.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;

        await Appender.DisposeAsync();
        await _source.DisposeAsync();
    }

    /// <summary>For containers that are disposed of without await.</summary>
    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    private async ValueTask<T> RunAsync<T>(Func<NpgsqlConnection, CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await _source.OpenConnectionAsync(cancellationToken);
            return await work(connection, cancellationToken);
        }
        catch (Exception cause) when (cause is NpgsqlException or TimeoutException or ObjectDisposedException)
        {
            throw CollabException.StoreUnavailable(cause);
        }
    }
}
