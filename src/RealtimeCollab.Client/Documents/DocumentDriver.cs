using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using RealtimeCollab.Client.Connection;
using RealtimeCollab.Client.Keeping;
using RealtimeCollab.Client.Replica;
using RealtimeCollab.Protocol;

namespace RealtimeCollab.Client;

/// <summary>
/// Runs a <see cref="DocumentReplica"/> in the real world: one lock around it, hub calls with their back-off, and what it
/// has to tell, in order and outside the lock.
/// </summary>
internal sealed partial class DocumentDriver : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly DocumentReplica _replica;
    private readonly DocumentCalls _calls;
    private readonly CollabClientOptions _options;
    private readonly ILogger _logger;
    private readonly DocumentContext _context;
    private readonly SelectionSender _selections;
    private readonly CancellationTokenSource _leaving = new();
    private readonly CancellationToken _left;
    private TaskCompletionSource? _moved;
    private CollabClientException? _lastRefusal;
    private bool _pumping;
    private int _connection;
    private bool _isConnected;

    public DocumentDriver(DocumentReplica replica, DocumentCalls calls, CollabClientOptions options, SynchronizationContext? context)
    {
        (_replica, _calls, _options) = (replica, calls, options);
        _left = _leaving.Token;
        _logger = options.LoggerFactory.CreateLogger<CollabDocument>();
        _context = new DocumentContext(context) { Dropped = () => Take(static replica => replica.JoinAgain(), connection: null) };
        _selections = new SelectionSender(calls.Hub, options.TimeProvider, _left) { Refused = Report };
        Events = new DocumentEvents(_logger);
    }

    public DocumentEvents Events { get; }

    /// <summary>Keeps the edits beyond the end of the process, if they are to be kept.</summary>
    public EditKeeper? Keeper { get; init; }

    public T Read<T>(Func<DocumentReplica, T> read)
    {
        lock (_gate)
            return read(_replica);
    }

    /// <summary>A local input.</summary>
    /// <exception cref="ObjectDisposedException">The document was left.</exception>
    public void Drive(Action<DocumentReplica> input) => Drive(replica =>
    {
        input(replica);
        return true;
    });

    /// <summary>A local input with an answer.</summary>
    /// <exception cref="ObjectDisposedException">The document was left.</exception>
    public T Drive<T>(Func<DocumentReplica, T> input)
    {
        ObjectDisposedException.ThrowIf(_left.IsCancellationRequested, typeof(CollabDocument));
        T answer = default!;
        _context.Send(() =>
        {
            lock (_gate)
                answer = input(_replica);

            Settle();
        });
        return answer;
    }

    /// <summary>The server sent a message.</summary>
    public void Receive(Action<DocumentReplica> message) => _context.Post(() => Take(message, connection: null), mayDrop: true);

    /// <summary>There is a connection; told twice when the opening of the document meets its coming, and heard once.</summary>
    public void Connected(GreetedConnection connection) => Post(replica =>
    {
        if (connection.Number <= _connection)
            return;

        if (_isConnected)
            replica.Disconnected();
        (_connection, _isConnected) = (connection.Number, true);
        replica.Limits = connection.Welcome.Limits;
        replica.OwnClientId = connection.Welcome.ClientId;
        replica.OwnUserId = connection.Welcome.UserId;
        replica.Connected();
    });

    /// <summary>A connection is gone; maybe one that was never heard of here, and then it stays so.</summary>
    /// <param name="connection">Which one.</param>
    /// <param name="isMoving">Whether the next one follows at once, as far as one can tell.</param>
    public void Disconnected(GreetedConnection connection, bool isMoving) => Post(replica =>
    {
        if (connection.Number < _connection)
            return;

        if (_isConnected)
            replica.Disconnected(isMoving);
        (_connection, _isConnected) = (connection.Number, false);
    });

    /// <summary>The next connection was not to be had at once.</summary>
    public void StaysDisconnected() => Post(replica =>
    {
        if (!_isConnected)
            replica.Disconnected();
    });

    /// <summary>Waits until a condition holds.</summary>
    /// <exception cref="CollabClientException">It cannot come to hold: the document is in conflict or closed.</exception>
    /// <exception cref="ObjectDisposedException">The document was left meanwhile.</exception>
    public async Task WaitAsync(Func<DocumentReplica, bool> condition, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task moved;
            lock (_gate)
            {
                if (condition(_replica))
                    return;
                ObjectDisposedException.ThrowIf(_left.IsCancellationRequested, typeof(CollabDocument));
                if (_replica.ClosedReason is { } reason)
                    throw Closed(reason);
                if (_replica.Conflict is { } conflict)
                    throw Refused(conflict.Code, "The server cannot take the edits: the document has a conflict to be resolved.");
                _moved ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                moved = _moved.Task;
            }

            await moved.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_left.IsCancellationRequested)
            return;

        await _leaving.CancelAsync().ConfigureAwait(false);
        lock (_gate)
            _replica.Close("closed");
        _context.Post(Settle, mayDrop: false);
        await _calls.LeaveAsync().ConfigureAwait(false);
        await EndKeepingAsync().ConfigureAwait(false);
        _leaving.Dispose();
    }

    private async Task EndKeepingAsync()
    {
        if (Keeper is null)
            return;

        bool isNeeded;
        lock (_gate)
        {
            isNeeded = _replica.HasUnsavedEdits;
            if (isNeeded)
                _replica.KeepAll();
        }

        if (!isNeeded)
            await Keeper.ClearAsync().ConfigureAwait(false);
        await Keeper.DisposeAsync().ConfigureAwait(false);
    }

    public void Post(Action<DocumentReplica> input, int? connection = null) => _context.Post(() => Take(input, connection), mayDrop: false);

    public void Report(CollabClientException error) => Post(replica => replica.Report(error));

    /// <summary>Drops what belongs to an earlier connection: the replica has been told that it is gone.</summary>
    private void Take(Action<DocumentReplica> input, int? connection)
    {
        lock (_gate)
        {
            if (_left.IsCancellationRequested || !(connection is null || (_isConnected && connection == _connection)))
                return;
            input(_replica);
        }

        Settle();
    }

    private void Settle()
    {
        WakeWaiting();
        Pump();
    }

    private void WakeWaiting() => Interlocked.Exchange(ref _moved, null)?.SetResult();

    private CollabClientException Closed(string reason) =>
        reason == ErrorCodes.PermissionDenied || reason == _lastRefusal?.Code
            ? Refused(reason, "The server took the document away.")
            : new CollabClientException(ErrorCodes.SessionNotFound, $"The document was closed: {reason}.");

    private CollabClientException Refused(string code, string message) =>
        _lastRefusal is { } refusal && refusal.Code == code
            ? new CollabClientException(code, refusal.Message, refusal)
            : new CollabClientException(code, message);

    /// <summary>Does what the replica asks for, in order. A thread that comes while another is at it leaves its share to that one.</summary>
    private void Pump()
    {
        while (TryBegin(out var output, out var connection))
        {
            Perform(output, connection);
            lock (_gate)
                _pumping = false;
        }
    }

    private bool TryBegin([NotNullWhen(true)] out ReplicaOutput? output, out int connection)
    {
        lock (_gate)
        {
            connection = _connection;
            output = null;
            _pumping = !_pumping && _replica.TryTake(out output) || _pumping;
            return output is not null;
        }
    }

    private void Perform(ReplicaOutput output, int connection)
    {
        switch (output)
        {
            case SendSelection selection:
                _selections.Send(selection.Request);
                break;
            case HubCall call:
                _ = CallAsync(call, connection);
                break;
            default:
                Events.Raise(output);
                break;
        }
    }

    /// <summary>Makes a call after its back-off, and gives the replica the answer. Ends with the connection.</summary>
    private async Task CallAsync(HubCall call, int connection)
    {
        try
        {
            await PauseAsync(_options.Backoff.DelayBefore(call.Attempt)).ConfigureAwait(false);
            await PauseAsync(_calls.PaceOf(call)).ConfigureAwait(false);
            if (Keeper is not null && call is SubmitPending)
                await Keeper.WhenKeptAsync().ConfigureAwait(false);
            if (!IsStillWanted(call, connection))
                return;

            var answer = await _calls.MakeAsync(call).ConfigureAwait(false);
            Post(answer, connection);
            if (call is SubmitPending && IsStillWanted(call, connection))
            {
                await PauseAsync(_options.EchoPatience).ConfigureAwait(false);
                Post(static replica => replica.CatchUp(), connection);
            }
        }
        catch (CollabClientException refusal)
        {
            CallRefused(_logger, call.GetType().Name, refusal.Code);
            _lastRefusal = refusal;
            if (Refusals.AsksForAnotherConnection(refusal.Code))
                _calls.Abandon(connection);
            Post(DocumentCalls.Failure(call, refusal), connection);
        }
        catch (OperationCanceledException) when (_left.IsCancellationRequested)
        {
            // left meanwhile: nobody waits for the answer
        }
    }

    private bool IsStillWanted(HubCall call, int connection)
    {
        lock (_gate)
        {
            return _isConnected && connection == _connection && !_left.IsCancellationRequested
                && (call is not SubmitPending submit || _replica.IsInFlight(submit.Request.OperationId));
        }
    }

    private Task PauseAsync(TimeSpan pause) =>
        pause > TimeSpan.Zero ? Task.Delay(pause, _options.TimeProvider, _left) : Task.CompletedTask;

    [LoggerMessage(2, LogLevel.Debug, "{Call} was refused with {Code}.")]
    private static partial void CallRefused(ILogger logger, string call, string code);
}
