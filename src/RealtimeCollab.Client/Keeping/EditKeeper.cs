using System.Diagnostics.CodeAnalysis;

namespace RealtimeCollab.Client.Keeping;

/// <summary>
/// Writes a document's records to its journal, in the background and in order. What waits is bounded: a journal that has grown long, or is
/// slower than the edits, gets a checkpoint in the place of what it would have to hold.
/// </summary>
internal sealed class EditKeeper(IEditJournal journal, TimeProvider time) : IAsyncDisposable
{
    private const int MostWaiting = 1024;
    private const long ShortestRewritten = 64 * 1024;

    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private readonly List<EditRecord> _waiting = [];
    private readonly CancellationTokenSource _stopping = new();
    private Task _writing = Task.CompletedTask;
    private Task _recovering = Task.CompletedTask;
    private TaskCompletionSource? _kept;
    private bool _isWriting;
    private bool _hasDropped;
    private bool _isBroken;
    private bool _hasEnded;
    private bool _hasAsked;
    private long _checkpointSize;
    private long _appended;

    /// <summary>Called when the document is to be kept as a checkpoint.</summary>
    public required Action CheckpointWanted { get; init; }

    /// <summary>Called when something could not be written. Nothing is kept then, until a checkpoint can be written.</summary>
    public required Action<Exception> Failed { get; init; }

    /// <summary>Writes a record, some time soon.</summary>
    public void Add(EditRecord record)
    {
        lock (_gate)
        {
            if (record is Checkpoint)
            {
                _waiting.Clear();
                _hasDropped = _isBroken = _hasAsked = false;
            }

            _hasDropped |= _waiting.Count >= MostWaiting;
            if (!_isBroken && !_hasDropped && !_hasEnded)
                _waiting.Add(record);
            if (_waiting.Count > 0 && !_isWriting)
            {
                _isWriting = true;
                _writing = WriteAllAsync();
            }
        }
    }

    /// <summary>Waits until everything that was added has been written, or could not be.</summary>
    public Task WhenKeptAsync()
    {
        lock (_gate)
        {
            if (_isBroken || !(_isWriting || _hasDropped))
                return Task.CompletedTask;

            _kept ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _kept.Task;
        }
    }

    /// <summary>Forgets what is kept: it is not needed any more.</summary>
    public async Task ClearAsync()
    {
        await WhenKeptAsync().ConfigureAwait(false);
        await TryClearAsync().ConfigureAwait(false);
    }

    /// <summary>Ends the keeping when everything that was added has been written; nothing is to be added any more.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_gate)
            (_hasDropped, _hasEnded) = (false, true);
        await WhenKeptAsync().ConfigureAwait(false);
        await _stopping.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(_writing, _recovering).ConfigureAwait(false);
        await journal.DisposeAsync().ConfigureAwait(false);
        _stopping.Dispose();
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "A store of the application's own may fail in any way; it is told, and edits go on.")]
    private async Task WriteAllAsync()
    {
        await Task.Yield();
        while (TryTake(out var records, out var kept))
        {
            try
            {
                await WriteAsync(records).ConfigureAwait(false);
            }
            catch (Exception error)
            {
                await BreakAsync(error).ConfigureAwait(false);
            }

            kept?.SetResult();
            AskForCheckpointIfNeeded();
        }
    }

    /// <summary>Takes what waits, with those who wait for it; if there is nothing, tells those who wait.</summary>
    private bool TryTake(out IReadOnlyList<EditRecord> records, out TaskCompletionSource? kept)
    {
        lock (_gate)
        {
            records = [.. _waiting];
            _waiting.Clear();
            kept = _hasDropped ? null : _kept;
            _kept = _hasDropped ? _kept : null;
            _isWriting = records.Count > 0;
        }

        if (records.Count == 0)
            kept?.SetResult();
        return records.Count > 0;
    }

    private async Task WriteAsync(IReadOnlyList<EditRecord> records)
    {
        var bytes = records.Select(ReadOnlyMemory<byte> (record) => record.ToUtf8Json()).ToList();
        if (records[0] is Checkpoint)
        {
            await journal.ReplaceAsync(bytes[0], _stopping.Token).ConfigureAwait(false);
            (_checkpointSize, _appended) = (bytes[0].Length, 0);
            bytes.RemoveAt(0);
        }

        if (bytes.Count > 0)
            await journal.AppendAsync(bytes, _stopping.Token).ConfigureAwait(false);
        _appended += bytes.Sum(record => record.Length);
    }

    private async Task BreakAsync(Exception error)
    {
        // what is there is older than what will be sent: better nothing than that
        await TryClearAsync().ConfigureAwait(false);
        Failed(error);
        _recovering = RecoverAsync();
        TaskCompletionSource? kept;
        lock (_gate)
        {
            _isBroken = true;
            _waiting.Clear();
            (kept, _kept) = (_kept, null);
        }

        kept?.SetResult();
    }

    private async Task RecoverAsync()
    {
        try
        {
            await Task.Delay(PauseAfterFailure, time, _stopping.Token).ConfigureAwait(false);
            CheckpointWanted();
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // the document was left
        }
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "A store of the application's own may fail in any way; it is told.")]
    private async Task TryClearAsync()
    {
        try
        {
            await journal.ClearAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            Failed(error);
        }
    }

    private void AskForCheckpointIfNeeded()
    {
        lock (_gate)
        {
            var isLong = _appended > Math.Max(ShortestRewritten, 2 * _checkpointSize);
            if (_hasAsked || _isBroken || !(isLong || _hasDropped))
                return;
            _hasAsked = true;
        }

        CheckpointWanted();
    }
}
