using System.Diagnostics.CodeAnalysis;
using RealtimeCollab.Client.Keeping;
using RealtimeCollab.OperationalTransform;
using RealtimeCollab.Protocol;
using RealtimeCollab.Protocol.Documents;

namespace RealtimeCollab.Client.Replica;

/// <summary>
/// One client's copy of a document: takes local edits and what comes from the server, in any order, and says what to send.
/// It knows no socket, no thread and no clock, so that a test can drive it through every order of events. Not thread-safe.
/// </summary>
/// <remarks>
/// The content advances by log entries in the order of their revisions alone. One operation is in flight; its id and base
/// stay the same however often it is sent, and only its entry in the log takes it out of flight.
/// </remarks>
internal sealed partial class DocumentReplica(string documentId, ReplicaOptions options)
{
    private readonly Queue<ReplicaOutput> _outputs = new();
    private readonly EarlyEntries _early = new();
    private ClientState? _state;
    private InFlightOperation? _inFlight;

    /// <summary>The content of <see cref="Revision"/>, without the pending edits; shares its tree with <see cref="Content"/>.</summary>
    private Document _base = Document.Empty;

    public string DocumentId => documentId;

    public Document Content { get; private set; } = Document.Empty;

    public ContentType ContentType { get; private set; }

    /// <summary>The revision of the log that the content contains; pending edits come on top.</summary>
    public long Revision => _state?.Revision ?? 0;

    public DocumentState State { get; private set; } = DocumentState.Offline;

    public DocumentRole Role { get; private set; }

    public RoomView Room { get; } = new();

    [MemberNotNullWhen(true, nameof(_state))]
    public bool HasContent => _state is not null;

    /// <summary>All edits whose entries in the log have not come yet, as one operation on the document at <see cref="Revision"/>; null if there are none.</summary>
    public TextOperation? Pending => _state?.Pending;

    /// <summary>What <see cref="Pending"/> is composed of: each applies after the one before it.</summary>
    public IReadOnlyList<TextOperation> PendingEdits =>
        _state is null ? [] : [.. new[] { _state.Outstanding, _state.Buffer }.OfType<TextOperation>()];

    /// <summary>Joined, and nothing is under way in either direction.</summary>
    public bool IsAtRest => IsUpToDate && _state.Outstanding is null;

    /// <summary>Whether any edit may not be in the store yet.</summary>
    public bool HasUnsavedEdits => _state is { Outstanding: not null } && (_inFlight is not { IsSaved: true } || _state.Buffer is not null);

    /// <summary>What the server takes; from Welcome.</summary>
    public ServerLimits Limits { get; set; } = new();

    public string? OwnClientId { get; set; }

    /// <summary>The next thing to do.</summary>
    public bool TryTake([NotNullWhen(true)] out ReplicaOutput? output) => _outputs.TryDequeue(out output);

    /// <summary>Puts an error in its place among what there is to tell.</summary>
    public void Report(CollabClientException error) => Emit(new ErrorOccurred(error));

    /// <summary>Whether this operation still waits for its entry in the log.</summary>
    public bool IsInFlight(string operationId) => _inFlight?.OperationId == operationId;

    /// <summary>Committed operations came in, pushed or asked for.</summary>
    public void Receive(OperationBatch batch) => Receive(batch.Operations);

    /// <summary>The operation in flight is committed. Its entry may come later, or have come before.</summary>
    public void Submitted(SubmitOperationResult result)
    {
        if (!IsInFlight(result.OperationId))
            return;

        _inFlight!.IsSaved = true;
        _knownHead = Math.Max(_knownHead, result.Revision);
        if (result.Revision <= Revision && IsFollowing)
            EnterConflict(ErrorCodes.RevisionAhead); // another operation stands there in the history that led here
        UpdateState();
    }

    /// <summary>The operation in flight was refused, or its result lost.</summary>
    public void SubmitFailed(SubmitPending call, CollabClientException error)
    {
        if (_inFlight is null || _inFlight.Call != call || !IsFollowing)
            return;

        switch (Refusals.RemedyFor(error.Code, call.Attempt))
        {
            case Remedy.Retry:
                Send(_inFlight, call.Attempt + 1);
                break;
            case Remedy.Rejoin:
                _inFlight.Rejoins = call.Attempt + 1;
                BeginJoin(call.Attempt);
                break;
            case Remedy.TakeSnapshot:
                CannotGoOn(error.Code);
                break;
            case Remedy.GiveUp:
                HandBackWhenLoaded(error);
                break;
        }
    }

    private void Receive(IReadOnlyList<CommittedOperation> entries)
    {
        foreach (var entry in entries)
        {
            _knownHead = Math.Max(_knownHead, entry.Revision);
            if (NeedsContent || entry.Revision > Revision)
                _early.Add(entry);
        }

        AdvanceThroughEarly();
    }

    private void AdvanceThroughEarly()
    {
        if (!IsFollowing)
            return;

        while (_early.TryTake(Revision + 1, out var entry))
        {
            if (!TryAdvance(entry))
                return;
        }

        FetchIfBehind(attempt: 0);
        SendPending();
        SendSelectionIfSynchronized();
        UpdateState();
    }

    private bool TryAdvance(CommittedOperation entry)
    {
        if (IsInFlight(entry.OperationId))
        {
            var committed = _state!.Outstanding!;
            _state = _state.Acknowledge();
            _base = _state.Outstanding is null ? Content : _base.Apply(committed);
            _inFlight = null;
            options.Keep?.Invoke(new Committed(entry.OperationId, entry.Operation));
            Room.Advance(entry, _state);
            return true;
        }

        try
        {
            var (next, local) = _state!.ApplyRemote(entry.Operation);
            var below = _base.Apply(entry.Operation);
            var changed = next.Outstanding is null ? below : Content.Apply(local);
            (_state, _base) = (next, below);
            options.Keep?.Invoke(new Committed(entry.OperationId, entry.Operation));
            _undo.ApplyRemote(local);
            Show(changed, local, ChangeOrigin.Remote, entry: entry);
            Room.Advance(entry, next);
            return true;
        }
        catch (OperationException misfit)
        {
            Diverged(misfit);
            return false;
        }
    }

    private void SendPending()
    {
        DropIfNothingRemains();
        if (!IsUpToDate || _state.Outstanding is null || _inFlight is { Call: not null })
            return;

        if (_isReader)
        {
            EnterConflict(ErrorCodes.PermissionDenied);
            return;
        }

        _inFlight ??= TakeOff();
        Send(_inFlight, _inFlight.Rejoins);
    }

    private void Send(InFlightOperation operation, int attempt)
    {
        operation.Call = new SubmitPending(operation.Request, attempt);
        Emit(operation.Call);
    }

    /// <summary>Edits that took each other back while they waited need not be sent.</summary>
    private void DropIfNothingRemains()
    {
        if (_inFlight is null && _state is { Outstanding.IsNoop: true, Buffer: null })
            _state = ClientState.Synchronized(Revision);
    }

    private InFlightOperation TakeOff()
    {
        SplitOutstanding();
        var selection = _selectionIsNews && _state!.Buffer is null ? Selection : null;
        _selectionIsNews &= selection is null;
        var request = new SubmitOperationRequest
        {
            DocumentId = documentId,
            OperationId = options.NewOperationId(),
            BaseRevision = Revision,
            Operation = _state!.Outstanding!,
            Selection = selection,
        };
        options.Keep?.Invoke(SentRecord(request, _state.Buffer));
        return new InFlightOperation(request);
    }

    private void SplitOutstanding()
    {
        var (first, rest) = OperationSplitter.Split(_state!.Outstanding!, Limits.MaxOperationBytes);
        if (rest is null)
            return;

        var buffer = _state.Buffer is null ? rest : rest.Compose(_state.Buffer);
        _state = ClientState.Synchronized(Revision).ApplyLocal(first).ApplyLocal(buffer);
    }

    private void UpdateState()
    {
        var state = this switch
        {
            { ClosedReason: not null } => DocumentState.Offline,
            { Conflict: not null } => DocumentState.Conflict,
            { IsUpToDate: false, _isMoving: false } => DocumentState.Offline,
            { HasUnsavedEdits: true } => DocumentState.Saving,
            _ => DocumentState.Synchronized,
        };
        if (state == State)
            return;

        State = state;
        Emit(new StateChanged(state));
    }

    private void Emit(ReplicaOutput output) => _outputs.Enqueue(output);
}
