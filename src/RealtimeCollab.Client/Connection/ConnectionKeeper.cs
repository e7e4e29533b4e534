using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.Logging;
using RealtimeCollab.Protocol;

namespace RealtimeCollab.Client.Connection;

/// <summary>
/// Starts a HubConnection, and starts it again with a jittered back-off whenever it ends, for ever. A connection counts
/// from the server's Welcome on, until it closes or begins to reconnect by itself.
/// </summary>
internal sealed partial class ConnectionKeeper : IAsyncDisposable
{
    private readonly HubConnection _connection;
    private readonly CollabClientOptions _options;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stopping = new();
    private TaskCompletionSource _greeted = NewSignal();
    private TaskCompletionSource _closed = NewSignal();
    private GreetedConnection? _current;
    private int _count;
    private Task _keeping = Task.CompletedTask;

    public ConnectionKeeper(HubConnection connection, CollabClientOptions options)
    {
        (_connection, _options) = (connection, options);
        _logger = options.LoggerFactory.CreateLogger<CollabClient>();
        connection.Closed += OnClosedAsync;
        connection.Reconnecting += OnReconnectingAsync;
    }

    /// <summary>Called for every connection that the server has greeted.</summary>
    public required Action<GreetedConnection> Connected { get; init; }

    /// <summary>Called when a greeted connection is gone.</summary>
    public required Action<GreetedConnection> Disconnected { get; init; }

    public GreetedConnection? Current => Volatile.Read(ref _current);

    /// <summary>Makes the first connection. Its failure is the caller's; later ones are tried again.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await ConnectAsync(cancellationToken).ConfigureAwait(false);
        _keeping = KeepAsync(_stopping.Token);
    }

    /// <summary>The server's Welcome came.</summary>
    public void Greeted(WelcomeMessage welcome)
    {
        var connection = new GreetedConnection(Interlocked.Increment(ref _count), welcome);
        Volatile.Write(ref _current, connection);
        Connected(connection);
        _greeted.TrySetResult();
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _keeping.ConfigureAwait(false);
        await _connection.DisposeAsync().ConfigureAwait(false);
        Gone();
        _stopping.Dispose();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task KeepAsync(CancellationToken stopping)
    {
        try
        {
            while (true)
            {
                await _closed.Task.WaitAsync(stopping).ConfigureAwait(false);
                await ReconnectAsync(stopping).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // the client is being disposed
        }
    }

    private async Task ReconnectAsync(CancellationToken stopping)
    {
        for (var attempt = 1; ; attempt++)
        {
            await Task.Delay(_options.Backoff.DelayBefore(attempt), _options.TimeProvider, stopping).ConfigureAwait(false);
            try
            {
                await ConnectAsync(stopping).ConfigureAwait(false);
                return;
            }
            catch (CollabClientException failure)
            {
                AttemptFailed(_logger, attempt, failure.Code);
            }
        }
    }

    private async Task ConnectAsync(CancellationToken cancellationToken)
    {
        _greeted = NewSignal();
        _closed = NewSignal();
        try
        {
            await _connection.StartAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (error is not (CollabClientException or OperationCanceledException))
        {
            throw CollabClientException.Lost(error);
        }

        try
        {
            var first = await Task.WhenAny(_greeted.Task, _closed.Task)
                .WaitAsync(_options.WelcomeTimeout, _options.TimeProvider, cancellationToken).ConfigureAwait(false);
            if (first != _greeted.Task)
                throw new CollabClientException(CollabClientException.ConnectionLost, "The server closed the connection without a greeting.");
        }
        catch (Exception error) when (error is TimeoutException or OperationCanceledException)
        {
            await _connection.StopAsync(CancellationToken.None).ConfigureAwait(false);
            if (error is TimeoutException)
                throw CollabClientException.Lost(error);
            throw;
        }
    }

    private Task OnClosedAsync(Exception? cause)
    {
        ConnectionClosed(_logger, cause);
        Gone();
        _closed.TrySetResult();
        return Task.CompletedTask;
    }

    private Task OnReconnectingAsync(Exception? cause)
    {
        ConnectionClosed(_logger, cause);
        Gone();
        return Task.CompletedTask;
    }

    private void Gone()
    {
        if (Interlocked.Exchange(ref _current, null) is { } gone)
            Disconnected(gone);
    }

    [LoggerMessage(10, LogLevel.Information, "The connection ended.")]
    private static partial void ConnectionClosed(ILogger logger, Exception? cause);

    [LoggerMessage(11, LogLevel.Information, "Attempt {Attempt} to connect again failed with {Code}.")]
    private static partial void AttemptFailed(ILogger logger, int attempt, string code);
}
