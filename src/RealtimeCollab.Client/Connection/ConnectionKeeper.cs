using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.Logging;
using RealtimeCollab.Protocol;

namespace RealtimeCollab.Client.Connection;

/// <summary>
/// Starts a HubConnection, and starts it again with a jittered back-off whenever it ends, for ever unless it is told when to give up.
/// A connection counts from the server's Welcome on, until it closes or begins to reconnect by itself.
/// </summary>
internal sealed partial class ConnectionKeeper : IAsyncDisposable
{
    // a connection that lived so long was a good one; a server that accepts and closes at once is asked ever more seldom
    private static readonly TimeSpan Stable = TimeSpan.FromSeconds(5);

    private readonly HubConnection _connection;
    private readonly CollabClientOptions _options;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stopping = new();
    private TaskCompletionSource _greeted = NewSignal();
    private TaskCompletionSource _closed = NewSignal();
    private GreetedConnection? _current;
    private int _count;
    private Task _keeping = Task.CompletedTask;
    private Task _abandoning = Task.CompletedTask;
    private volatile bool _isKeeping;

    public ConnectionKeeper(HubConnection connection, CollabClientOptions options)
    {
        (_connection, _options) = (connection, options);
        _logger = options.LoggerFactory.CreateLogger<CollabClient>();
        connection.Closed += OnClosedAsync;
        connection.Reconnecting += OnReconnectingAsync;
    }

    /// <summary>Called for every connection that the server has greeted.</summary>
    public required Action<GreetedConnection> Connected { get; init; }

    /// <summary>
    /// Called when a greeted connection is gone, with whether it ended in good order, or was left for another one: the next follows at once.
    /// </summary>
    public required Action<GreetedConnection, bool> Disconnected { get; init; }

    /// <summary>Called when an attempt to connect failed.</summary>
    public Action<CollabClientException>? Failed { get; init; }

    public GreetedConnection? Current => Volatile.Read(ref _current);

    /// <summary>Makes the first connection. Its failure is the caller's; later ones are tried again.</summary>
    /// <exception cref="InvalidOperationException">It was started before, and has not given up.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        RequireIdle();
        await ConnectAsync(cancellationToken).ConfigureAwait(false);
        _isKeeping = true;
        _keeping = KeepAsync(isConnected: true, _stopping.Token);
    }

    /// <summary>Begins to connect, in the background.</summary>
    /// <exception cref="InvalidOperationException">It was started before, and has not given up.</exception>
    public void Start()
    {
        RequireIdle();
        _isKeeping = true;
        _keeping = KeepAsync(isConnected: false, _stopping.Token);
    }

    /// <summary>Gives a connection up for another one, unless that was done already.</summary>
    /// <param name="number">The connection's number.</param>
    public void Abandon(int number)
    {
        if (Current is { } current && current.Number == number && Interlocked.CompareExchange(ref _current, null, current) == current)
        {
            Disconnected(current, true);
            _abandoning = StopConnectionAsync();
        }
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
        await _abandoning.ConfigureAwait(false);
        await _connection.DisposeAsync().ConfigureAwait(false);
        Gone(isMoving: false);
        _stopping.Dispose();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void RequireIdle()
    {
        if (_isKeeping || Current is not null)
            throw new InvalidOperationException("The client is started already.");
    }

    private async Task KeepAsync(bool isConnected, CancellationToken stopping)
    {
        try
        {
            for (var attempt = 0; _isKeeping; attempt++)
            {
                isConnected = isConnected || await TryConnectAsync(attempt, stopping).ConfigureAwait(false);
                if (isConnected && await OutliveAsync(stopping).ConfigureAwait(false) > Stable)
                    attempt = 0;
                isConnected = false;
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // the client is being disposed
        }
    }

    /// <summary>Waits for the end of the connection, and says how long it lived.</summary>
    private async Task<TimeSpan> OutliveAsync(CancellationToken stopping)
    {
        var since = _options.TimeProvider.GetTimestamp();
        await _closed.Task.WaitAsync(stopping).ConfigureAwait(false);
        return _options.TimeProvider.GetElapsedTime(since);
    }

    private async Task<bool> TryConnectAsync(int attempt, CancellationToken stopping)
    {
        await Task.Delay(_options.Backoff.DelayBefore(attempt), _options.TimeProvider, stopping).ConfigureAwait(false);
        try
        {
            await ConnectAsync(stopping).ConfigureAwait(false);
            return true;
        }
        catch (CollabClientException failure)
        {
            AttemptFailed(_logger, attempt, failure.Code);

            // whoever hears of the last failure may start again
            _isKeeping = attempt < (_options.MaxReconnectAttempts ?? int.MaxValue);
            Failed?.Invoke(failure);
            return false;
        }
    }

    private async Task StopConnectionAsync()
    {
        try
        {
            await _connection.StopAsync(_stopping.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // the client is being disposed, and the connection with it
        }
    }

    /// <summary>One attempt, from the first packet to the server's Welcome, which may take as long as the options say.</summary>
    private async Task ConnectAsync(CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(_options.WelcomeTimeout, _options.TimeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        _greeted = NewSignal();
        _closed = NewSignal();
        try
        {
            await _connection.StartAsync(either.Token).ConfigureAwait(false);
            var first = await Task.WhenAny(_greeted.Task, _closed.Task).WaitAsync(either.Token).ConfigureAwait(false);
            if (first != _greeted.Task)
                throw new CollabClientException(CollabClientException.ConnectionLost, "The server closed the connection without a greeting.");
        }
        catch (Exception error) when (error is not CollabClientException)
        {
            await _connection.StopAsync(CancellationToken.None).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            throw CollabClientException.Lost(error);
        }
    }

    private Task OnClosedAsync(Exception? cause)
    {
        ConnectionClosed(_logger, cause);
        Gone(isMoving: cause is null);
        _closed.TrySetResult();
        return Task.CompletedTask;
    }

    private Task OnReconnectingAsync(Exception? cause)
    {
        ConnectionClosed(_logger, cause);
        Gone(isMoving: false);
        return Task.CompletedTask;
    }

    private void Gone(bool isMoving)
    {
        if (Interlocked.Exchange(ref _current, null) is { } gone)
            Disconnected(gone, isMoving);
    }

    [LoggerMessage(10, LogLevel.Information, "The connection ended.")]
    private static partial void ConnectionClosed(ILogger logger, Exception? cause);

    [LoggerMessage(11, LogLevel.Information, "Attempt {Attempt} to connect again failed with {Code}.")]
    private static partial void AttemptFailed(ILogger logger, int attempt, string code);
}
