using RealtimeCollab.Client.Keeping;
using RealtimeCollab.OperationalTransform;
using RealtimeCollab.Protocol;
using RealtimeCollab.Protocol.Documents;

namespace RealtimeCollab.Client.Replica;

/// <content>What has to be kept so that another replica can go on where this one ends, and the going on.</content>
internal sealed partial class DocumentReplica
{
    private string? _restoredFor;

    /// <summary>Whose edits these are; from Welcome.</summary>
    public string? OwnUserId { get; set; }

    /// <summary>Goes on where another replica ended, before anything else happens. What was in flight there is in flight here, under the same id.</summary>
    /// <param name="records">What that one has kept; nothing happens if there are none.</param>
    /// <exception cref="OperationException">They do not fit each other.</exception>
    /// <exception cref="InvalidDataException">They do not begin with a checkpoint.</exception>
    public void Restore(IReadOnlyList<EditRecord> records)
    {
        foreach (var record in records)
            Replay(record);

        // edits that wait and were never sent can be sent as one; what is kept from here on must begin with that
        if (_inFlight is null && Pending is { } pending)
            _state = ClientState.Synchronized(Revision).ApplyLocal(pending);
        KeepAll();
    }

    /// <summary>Has all that there is kept as one record.</summary>
    public void KeepAll()
    {
        if (NeedsContent)
            return;

        options.Keep?.Invoke(new Checkpoint
        {
            UserId = OwnUserId ?? _restoredFor,
            ContentType = ContentType,
            Role = Role,
            Revision = Revision,
            Content = new DocumentContent(_base, ContentType),
            InFlight = _inFlight is null ? null : SentRecord(_inFlight.Request, rest: null),
            Outstanding = _state.Outstanding,
            Buffer = _state.Buffer,
        });
    }

    private static Sent SentRecord(SubmitOperationRequest request, TextOperation? rest) =>
        new(request.OperationId, request.BaseRevision, request.Operation.GetOperation(), rest);

    private void Replay(EditRecord record)
    {
        switch (record)
        {
            case Checkpoint checkpoint:
                Return(checkpoint);
                break;
            case var _ when _state is null:
                throw new InvalidDataException("The records that were kept do not begin with a checkpoint.");
            case Edited { Operation: var operation }:
                Content = Content.Apply(operation);
                _state = _state.ApplyLocal(operation);
                break;
            case Sent sent:
                _inFlight = new InFlightOperation(sent.ToRequest(documentId));
                _state = ClientState.Synchronized(sent.BaseRevision).ApplyLocal(sent.Operation);
                _state = sent.Rest is { } rest ? _state.ApplyLocal(rest) : _state;
                break;
            case Committed { OperationId: var operationId } committed when IsInFlight(operationId):
                _inFlight = null;
                _state = _state.Acknowledge();
                _base = _base.Apply(committed.Operation);
                break;
            case Committed { Operation: var operation }:
                (_state, var local) = _state.ApplyRemote(operation);
                (_base, Content) = (_base.Apply(operation), Content.Apply(local));
                break;
        }
    }

    private void Return(Checkpoint checkpoint)
    {
        (_restoredFor, ContentType, Role) = (checkpoint.UserId, checkpoint.ContentType, checkpoint.Role);
        _base = Content = checkpoint.Content.Document;
        _inFlight = checkpoint.InFlight is { } sent ? new InFlightOperation(sent.ToRequest(documentId)) : null;
        _state = ClientState.Synchronized(checkpoint.Revision);
        foreach (var edit in new[] { checkpoint.Outstanding, checkpoint.Buffer }.OfType<TextOperation>())
            (_state, Content) = (_state.ApplyLocal(edit), Content.Apply(edit));
    }

    /// <summary>Another user's edits are not sent as this one's: they are a conflict, and his content is not this one's either.</summary>
    private void LeaveOthersEdits()
    {
        if (_restoredFor is not null && OwnUserId is not null && _restoredFor != OwnUserId)
        {
            if (Pending is null)
                (_state, _inFlight) = (null, null);
            else
                EnterConflict(ErrorCodes.PermissionDenied);
        }

        _restoredFor = null;
    }
}
