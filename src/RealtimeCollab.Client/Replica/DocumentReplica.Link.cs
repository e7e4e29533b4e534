using System.Diagnostics.CodeAnalysis;
using RealtimeCollab.OperationalTransform;
using RealtimeCollab.Protocol;
using RealtimeCollab.Protocol.Documents;

namespace RealtimeCollab.Client.Replica;

/// <content>The connection comes and goes: joining, catching up, and what to do when the server's history does not lead on.</content>
internal sealed partial class DocumentReplica
{
    private const int PageSize = 1000;

    private Link _link;
    private long _knownHead;
    private JoinDocument? _join;
    private FetchMissing? _fetch;
    private long _joinedAt;

    /// <summary>Joined to read only.</summary>
    private bool _isReader;

    /// <summary>Not joined, but about to be again: nothing to be told.</summary>
    private bool _isMoving;

    private enum Link
    {
        Down,
        Joining,
        Joined,
    }

    /// <summary>Joined, and past all that was committed before the joining: nothing in flight can be hidden in a gap.</summary>
    [MemberNotNullWhen(true, nameof(_state))]
    private bool IsUpToDate =>
        _link == Link.Joined && IsFollowing && Revision >= _joinedAt;

    /// <summary>There is a connection.</summary>
    public void Connected()
    {
        LeaveOthersEdits();
        if (IsStopped)
            _link = Link.Joining;
        else
            BeginJoin(attempt: 0);
    }

    /// <summary>The connection is gone; of what was under way over it, nobody knows the outcome.</summary>
    /// <param name="isMoving">Whether the next connection follows at once, as far as one can tell.</param>
    public void Disconnected(bool isMoving = false)
    {
        _isMoving = isMoving && (_isMoving || IsUpToDate);
        _link = Link.Down;
        ForgetCalls();
        UpdateState();
    }

    /// <summary>Messages may have been lost: joins again, and hears what they said.</summary>
    public void JoinAgain()
    {
        if (_link != Link.Down && !IsStopped)
            BeginJoin(attempt: 0);
    }

    /// <summary>The server answered <see cref="JoinDocument"/>.</summary>
    public void Joined(JoinDocument call, DocumentSnapshot snapshot)
    {
        if (call != _join || IsStopped)
            return;

        if (NeedsContent && snapshot.Content is null)
        {
            JoinFailed(call, ErrorCodes.OperationFailed);
            return;
        }

        SetRole(snapshot.Role);
        ContentType = snapshot.ContentType;
        _isReader = snapshot.ReadOnly || IsReadOnly;
        if (snapshot.Revision < (_reload?.FromRevision ?? call.SinceRevision))
        {
            JoinFailed(call, ErrorCodes.RevisionAhead);
            return;
        }

        _join = null;
        _link = Link.Joined;
        _joinedAt = snapshot.Revision;
        _knownHead = Math.Max(_knownHead, snapshot.Revision);

        // with edits pending, a snapshot is no help: they must be carried over each entry, so the gap is fetched instead;
        // and what was pushed since the joining may have led further than the snapshot already
        if (snapshot.Content is { } content && (NeedsContent || (_state.Outstanding is null && snapshot.Revision > Revision)))
            TakeContent(content.Document, snapshot.Revision);

        Receive(snapshot.Operations);
        if (HasContent)
            Room.Replace(snapshot.Clients, snapshot.Revision, OwnClientId, _state);
        Emit(PeopleChanged.Instance);
    }

    /// <summary>The server refused <see cref="JoinDocument"/>.</summary>
    public void JoinFailed(JoinDocument call, string code)
    {
        if (call != _join)
            return;

        switch (Refusals.RemedyFor(code, call.Attempt))
        {
            case Remedy.Retry or Remedy.Rejoin:
                _isMoving = false;
                BeginJoin(call.Attempt + 1);
                break;
            case Remedy.TakeSnapshot when HasContent:
                CannotGoOn(code);
                break;
            case Remedy.TakeSnapshot or Remedy.GiveUp:
                Close(code);
                break;
        }
    }

    /// <summary>The server answered <see cref="FetchMissing"/>.</summary>
    public void Fetched(FetchMissing call, OperationBatch batch)
    {
        if (call != _fetch)
            return;

        if (batch.Operations.Count == 0 && Revision < _knownHead)
        {
            FetchFailed(call, new CollabClientException(ErrorCodes.StoreUnavailable, "The server does not show entries that it has."));
            return;
        }

        _fetch = null;
        Receive(batch);
    }

    /// <summary>The server refused <see cref="FetchMissing"/>.</summary>
    public void FetchFailed(FetchMissing call, CollabClientException error)
    {
        if (call != _fetch)
            return;

        _fetch = null;
        switch (Refusals.RemedyFor(error.Code, call.Attempt))
        {
            case Remedy.Retry:
                FetchIfBehind(call.Attempt + 1);
                break;
            case Remedy.Rejoin:
                BeginJoin(call.Attempt + 1);
                break;
            case Remedy.TakeSnapshot:
                CannotGoOn(error.Code);
                break;
            case Remedy.GiveUp:
                Report(error); // asked for again at the next heartbeat
                break;
        }
    }

    /// <summary>A heartbeat told the document's revision. A lower one than the own only comes from a node that is behind.</summary>
    public void HeadSeen(long revision)
    {
        _knownHead = Math.Max(_knownHead, revision);
        FetchIfBehind(attempt: 0);
    }

    /// <summary>Looks after an echo that has not come for a while: a message may have been lost.</summary>
    public void CatchUp() => FetchIfBehind(attempt: 0);

    /// <summary>The server took the document away from this user, or changed what they may do.</summary>
    public void AccessChanged(DocumentRole role)
    {
        SetRole(role);
        if (role == DocumentRole.None)
            Close(ErrorCodes.PermissionDenied);
        else if (_isReader && !IsReadOnly)
            JoinAgain();
    }

    public void ParticipantJoined(Participant other)
    {
        if (HasContent)
            Room.Join(other, OwnClientId, _state);
        Emit(PeopleChanged.Instance);
    }

    public void ParticipantLeft(Participant other)
    {
        Room.Leave(other.ClientId);
        Emit(PeopleChanged.Instance);
    }

    public void MembersListed(SessionInfo members)
    {
        // may come before the snapshot, and only here the client hears of itself; where the others' selections are comes with the snapshot
        Room.Replace(members.Clients, members.Revision, OwnClientId, _state ?? ClientState.Synchronized(0));
        Emit(PeopleChanged.Instance);
    }

    public void SelectionsMoved(SelectionsChanged message)
    {
        if (HasContent)
            Room.Move(message, _state);
        Emit(PeopleChanged.Instance);
    }

    private void SetRole(DocumentRole role)
    {
        if (role == Role)
            return;

        Role = role;
        Emit(new RoleChanged(role));
    }

    private void BeginJoin(int attempt)
    {
        _isMoving |= IsUpToDate;
        _link = Link.Joining;
        ForgetCalls();
        _join = new JoinDocument(NeedsContent ? null : Revision, attempt);
        Emit(_join);
        UpdateState();
    }

    private void ForgetCalls()
    {
        _join = null;
        _fetch = null;
        if (_inFlight is not null)
            _inFlight.Call = null;
    }

    private void FetchIfBehind(int attempt)
    {
        if (_fetch is not null || _link != Link.Joined || !IsFollowing || Revision >= _knownHead)
            return;

        _fetch = new FetchMissing(new GetOperationsRequest { DocumentId = documentId, FromRevision = Revision, Limit = PageSize }, attempt);
        Emit(_fetch);
    }
}
