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
    private readonly TimeSpan _patience;
    private readonly TimeProvider _time;
    private int _disposed;

    private PostgreSqlDatabase(NpgsqlDataSource source, ConnectionSettings settings, WebhookSubscriptions webhooks, TimeProvider time, ILogger logger)
    {
        (_source, _patience, _time) = (source, settings.Patience, time);
        Name = $"PostgreSQL {settings.Npgsql.Database} on {settings.Npgsql.Host}";
        (Webhooks, Logger) = (webhooks, logger);
        Appender = new GroupAppender(source, webhooks, settings.Patience, time, logger);
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
            var settings = new ConnectionSettings(connectionString);
            source = NpgsqlDataSource.Create(settings.Npgsql);
            using (var connection = source.OpenConnection())
                PostgreSqlSchema.Migrate(connection, time, logger);
            return new PostgreSqlDatabase(source, settings, webhooks, time, logger);
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
    public ValueTask<T> ReadAsync<T>(Func<NpgsqlConnection, CancellationToken, Task<T>> read, CancellationToken cancellationToken) =>
        WithinPatienceAsync(limited => TwiceAsync(read, limited), cancellationToken);

    /// <summary>Writes, on a connection of the pool and once, what somebody waits for.</summary>
    /// <exception cref="CollabException"><see cref="CollabError.StoreUnavailable"/>; the outcome is unknown.</exception>
    public ValueTask<T> WriteSoonAsync<T>(Func<NpgsqlConnection, CancellationToken, Task<T>> write, CancellationToken cancellationToken) =>
        WithinPatienceAsync(limited => RunAsync(write, limited).AsTask(), cancellationToken);

    /// <summary>Writes on a connection of the pool, once, for as long as it takes.</summary>
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

    /// <summary>What does not answer in time is left to itself, and the pool is emptied: where one connection is silent, others are too.</summary>
    private async ValueTask<T> WithinPatienceAsync<T>(Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(_patience, _time);
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            return await work(limited.Token).WaitAsync(limited.Token);
        }
        catch (OperationCanceledException late) when (patience.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            _source.Clear();
            throw CollabException.StoreUnavailable(late);
        }
    }

    private async Task<T> TwiceAsync<T>(Func<NpgsqlConnection, CancellationToken, Task<T>> read, CancellationToken cancellationToken)
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
