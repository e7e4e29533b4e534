using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using RealtimeCollab.Client.Connection;
using RealtimeCollab.Client.Replica;

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
    private readonly SelectionSender _selections;
    private readonly CancellationTokenSource _leaving = new();
    private readonly CancellationToken _left;
    private TaskCompletionSource? _moved;
    private CollabClientException? _lastRefusal;
    private bool _pumping;
    private int _connection;
    private bool _isConnected;

    public DocumentDriver(DocumentReplica replica, DocumentCalls calls, CollabClientOptions options)
    {
        (_replica, _calls, _options) = (replica, calls, options);
        _left = _leaving.Token;
        _logger = options.LoggerFactory.CreateLogger<CollabDocument>();
        _selections = new SelectionSender(calls.Hub, options.TimeProvider, _left);
    }

    public Action<DocumentChangedEventArgs>? ContentChanged { get; set; }

    public Action<DocumentState>? StateChanged { get; set; }

    public Action? RoomChanged { get; set; }

    public Action<ChecksumMismatchEventArgs>? ChecksumMismatched { get; set; }

    public T Read<T>(Func<DocumentReplica, T> read)
    {
        lock (_gate)
            return read(_replica);
    }

    /// <summary>A local input.</summary>
    /// <exception cref="ObjectDisposedException">The document was left.</exception>
    public void Drive(Action<DocumentReplica> input)
    {
        ObjectDisposedException.ThrowIf(_left.IsCancellationRequested, typeof(CollabDocument));
        lock (_gate)
            input(_replica);

        Settle();
    }

    /// <summary>Something came in from the server.</summary>
    public void Receive(Action<DocumentReplica> input) => Receive(input, connection: null);

    /// <summary>There is a connection; told twice when the opening of the document meets its coming, and heard once.</summary>
    public void Connected(GreetedConnection connection) => Receive(replica =>
    {
        if (connection.Number <= _connection)
            return;

        if (_isConnected)
            replica.Disconnected();
        (_connection, _isConnected) = (connection.Number, true);
        replica.Limits = connection.Welcome.Limits;
        replica.OwnClientId = connection.Welcome.ClientId;
        replica.Connected();
    });

    /// <summary>A connection is gone; maybe one that was never heard of here, and then it stays so.</summary>
    public void Disconnected(GreetedConnection connection) => Receive(replica =>
    {
        if (connection.Number < _connection)
            return;

        if (_isConnected)
            replica.Disconnected();
        (_connection, _isConnected) = (connection.Number, false);
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
                if ((_replica.Conflict?.Code ?? _replica.ClosedBecause) is { } code)
                    throw Refused(code);
                ObjectDisposedException.ThrowIf(_left.IsCancellationRequested, typeof(CollabDocument));
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
        WakeWaiting();
        await _calls.LeaveAsync().ConfigureAwait(false);
        _leaving.Dispose();
    }

    /// <summary>Drops what belongs to an earlier connection: the replica has been told that it is gone.</summary>
    private void Receive(Action<DocumentReplica> input, int? connection)
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

    private CollabClientException Refused(string code) =>
        _lastRefusal is { } refusal && refusal.Code == code
            ? new CollabClientException(code, refusal.Message, refusal)
            : new CollabClientException(code, "The server took the document away, or its history does not lead on from here.");

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
            case ContentChanged changed:
                Tell(() => ContentChanged?.Invoke(changed.Change));
                break;
            case StateChanged changed:
                Tell(() => StateChanged?.Invoke(changed.State));
                break;
            case Replica.RoomChanged:
                Tell(() => RoomChanged?.Invoke());
                break;
            case Replica.ChecksumMismatched { Mismatch: var mismatch }:
                ClientMetrics.CountChecksumMismatch();
                ContentDiffered(_logger, mismatch.DocumentId, mismatch.Revision, mismatch.LocalHash, mismatch.ServerHash);
                Tell(() => ChecksumMismatched?.Invoke(mismatch));
                break;
            case SendSelection selection:
                _selections.Send(selection.Request);
                break;
            case HubCall call:
                _ = CallAsync(call, connection);
                break;
        }
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "A handler's failure must not stop the document; it is logged.")]
    private void Tell(Action handler)
    {
        try
        {
            handler();
        }
        catch (Exception error)
        {
            HandlerFailed(_logger, error);
        }
    }

    /// <summary>Makes a call after its back-off, and gives the replica the answer. Ends with the connection.</summary>
    private async Task CallAsync(HubCall call, int connection)
    {
        try
        {
            await PauseAsync(_options.Backoff.DelayBefore(call.Attempt)).ConfigureAwait(false);
            await PauseAsync(_calls.PaceOf(call)).ConfigureAwait(false);
            if (!IsStillWanted(call, connection))
                return;

            var answer = await _calls.MakeAsync(call).ConfigureAwait(false);
            Receive(answer, connection);
            if (call is SubmitPending && IsStillWanted(call, connection))
            {
                await PauseAsync(_options.EchoPatience).ConfigureAwait(false);
                Receive(static replica => replica.CatchUp(), connection);
            }
        }
        catch (CollabClientException refusal)
        {
            CallRefused(_logger, call.GetType().Name, refusal.Code);
            _lastRefusal = refusal;
            Receive(DocumentCalls.Failure(call, refusal.Code), connection);
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

    [LoggerMessage(1, LogLevel.Error, "A handler of a document's event failed.")]
    private static partial void HandlerFailed(ILogger logger, Exception error);

    [LoggerMessage(2, LogLevel.Debug, "{Call} was refused with {Code}.")]
    private static partial void CallRefused(ILogger logger, string call, string code);

    [LoggerMessage(3, LogLevel.Warning, "Document {DocumentId} at revision {Revision} has the hash {LocalHash} here and {ServerHash} on the server; it is loaded anew.")]
    private static partial void ContentDiffered(ILogger logger, string documentId, long revision, string localHash, string serverHash);
}
