namespace RealtimeCollab.Sessions.Storage;

/// <summary>
/// For stores that commit the appends of many documents in one transaction (group commit): while one is written, turns wait here with
/// their mailboxes still open, so that a batch holds everything that arrived until the next one begins. Thread-safe.
/// </summary>
public sealed class AppendGate
{
    private readonly Lock _lock = new();
    private TaskCompletionSource? _opening;
    private bool _isShut;
    private int _waiting;

    /// <summary>How many wait; those who gave up since count as well.</summary>
    public int Waiting
    {
        get
        {
            lock (_lock)
                return _waiting;
        }
    }

    /// <summary>Completes when the next transaction begins to gather, at once if none is being written.</summary>
    public Task WaitAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (!_isShut)
                return Task.CompletedTask;
            _waiting++;
            // whoever waits goes on elsewhere: the writer has others to serve
            _opening ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _opening.Task.WaitAsync(cancellationToken);
        }
    }

    /// <summary>A transaction is being written.</summary>
    public void Shut()
    {
        lock (_lock)
            _isShut = true;
    }

    /// <summary>Lets everyone through.</summary>
    /// <returns>How many that are, and thus how many appends may come in a moment; some may have nothing to append after all.</returns>
    public int Open()
    {
        lock (_lock)
        {
            var released = _waiting;
            _opening?.SetResult();
            (_isShut, _waiting, _opening) = (false, 0, null);
            return released;
        }
    }
}
