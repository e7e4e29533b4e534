using RealtimeCollab.OperationalTransform;
using RealtimeCollab.Sessions.Documents;

namespace RealtimeCollab.Sessions.Rooms;

/// <summary>The connections that are in a document, with their selections. Does not pass through the session's turn.</summary>
public sealed class DocumentRoom
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, RoomSeat> _seats = new(StringComparer.Ordinal);
    private readonly RoomColors _colors = new();
    private readonly DocumentSession _session;
    private readonly CommittedDocument _committed;
    private readonly Outbox _outbox;
    private readonly IDocumentEvents _events;
    private readonly Throttle _selections;
    private readonly Throttle _changes;
    private long _selectionOrder;

    internal DocumentRoom(DocumentSession session, CommittedDocument committed, Outbox outbox, SessionServices services)
    {
        (_session, _committed, _outbox, _events) = (session, committed, outbox, services.Events);
        _selections = new Throttle(services.Options.SelectionInterval, services.Time, SendSelections);
        _changes = new Throttle(services.Options.RoomInterval, services.Time, SendChange);
    }

    /// <summary>The clients that are here, each once, with their selections at the session's revision.</summary>
    public IReadOnlyList<RoomMember> Members
    {
        get
        {
            lock (_lock)
            {
                // read inside the lock: seats only ever move forward
                var state = _committed.State;
                return [.. _seats.Values.Select(seat => seat.At(state, _committed.Recent))
                    .GroupBy(member => member.ClientId, StringComparer.Ordinal).Select(Merge)];
            }
        }
    }

    /// <summary>Connections that follow the document.</summary>
    public int ReaderCount => CountOf(member => member.IsReading);

    /// <summary>Connections that edit the document.</summary>
    public int WriterCount => CountOf(member => member.IsEditing);

    /// <summary>Lets a connection in, or lets one that is in read or edit as well. Returns the member as it is then.</summary>
    public RoomMember Join(RoomMember member)
    {
        ArgumentNullException.ThrowIfNull(member);
        lock (_lock)
        {
            if (!_seats.TryGetValue(member.ConnectionId, out var seat))
                _seats.Add(member.ConnectionId, seat = new RoomSeat(member with { Color = _colors.Enter(member.UserId) }));
            else if (seat.Member.IsReading == (seat.Member.IsReading || member.IsReading) && seat.Member.IsEditing == (seat.Member.IsEditing || member.IsEditing))
                return seat.Member;
            else
                seat.Member = seat.Member with { IsReading = seat.Member.IsReading || member.IsReading, IsEditing = seat.Member.IsEditing || member.IsEditing };
            member = seat.Member;
        }

        OnJoined(member);
        return member;
    }

    /// <summary>Lets a connection stop to read or to edit; with neither left it is out.</summary>
    public void Stop(string connectionId, bool reading, bool editing)
    {
        RoomMember? member;
        lock (_lock)
        {
            if (!_seats.TryGetValue(connectionId, out var seat))
                return;
            member = seat.Member with { IsReading = seat.Member.IsReading && !reading, IsEditing = seat.Member.IsEditing && !editing };
            if (member is { IsReading: false, IsEditing: false })
                member = null;
            else
                seat.Member = member;
        }

        if (member is null)
            Leave(connectionId);
        else
            OnJoined(member);
    }

    /// <summary>Makes a connection that edits one that follows; nothing happens if it is not here.</summary>
    public void Demote(string connectionId)
    {
        RoomMember member;
        lock (_lock)
        {
            if (!_seats.TryGetValue(connectionId, out var seat))
                return;
            seat.Member = member = seat.Member with { IsReading = true, IsEditing = false };
        }

        OnJoined(member);
    }

    /// <summary>Lets a connection go; nothing happens if it is not here.</summary>
    public void Leave(string connectionId)
    {
        RoomSeat? seat;
        bool isLast;
        lock (_lock)
        {
            if (!_seats.Remove(connectionId, out seat))
                return;
            _colors.Leave(seat.Member.UserId);
            isLast = !_seats.Values.Any(other => other.Member.ClientId == seat.Member.ClientId);
        }

        if (isLast)
            _outbox.Post(stopping => _events.MemberLeftAsync(_session.DocumentId, seat.Member, stopping));
        _changes.Request();
    }

    /// <summary>
    /// Takes the selections of a connection, meant for <paramref name="revision"/>; the latest wins. They are moved over what came
    /// since, and sent to the others with all that changed within <see cref="SessionOptions.SelectionInterval"/>.
    /// </summary>
    /// <exception cref="CollabException"><see cref="CollabError.SessionNotFound"/>, <see cref="CollabError.RevisionAhead"/>, or
    /// <see cref="CollabError.InvalidRequest"/> for a position outside the document.</exception>
    public void UpdateSelection(string connectionId, long revision, Selection? selection)
    {
        var head = _committed.State.Revision;
        if (revision > head)
            throw CollabException.RevisionAhead(revision, head);
        switch (TryUpdateSelection(connectionId, NextSelectionOrder(), revision, selection))
        {
            case SelectionOutcome.NotHere:
                throw CollabException.SessionNotFound("Join the document before you tell where your selections are.");
            case SelectionOutcome.OutOfRange:
                throw CollabException.InvalidRequest("A selection reaches past the end of the document.");
        }
    }

    /// <summary>The place of a selection among those that come; one that has to wait for its operation takes it beforehand.</summary>
    internal long NextSelectionOrder() => Interlocked.Increment(ref _selectionOrder);

    /// <summary>The same, for the turn: whether the member left meanwhile, or sent a selection that does not fit, is not its concern.</summary>
    internal SelectionOutcome TryUpdateSelection(string connectionId, long order, long revision, Selection? selection)
    {
        lock (_lock)
        {
            if (!_seats.TryGetValue(connectionId, out var seat))
                return SelectionOutcome.NotHere;
            if (!seat.TrySelect(order, revision, selection))
                return SelectionOutcome.Taken;
            var state = _committed.State;
            if (seat.At(state, _committed.Recent).Selection is { } moved && !moved.FitsIn(state.Document.Length))
            {
                seat.TrySelect(order, state.Revision, selection: null);
                return SelectionOutcome.OutOfRange;
            }
        }

        _selections.Request();
        return SelectionOutcome.Taken;
    }

    internal void Close()
    {
        _selections.Close();
        _changes.Close();
    }

    private static RoomMember Merge(IEnumerable<RoomMember> connectionsOfOneClient) =>
        connectionsOfOneClient.Aggregate((one, other) => other with
        {
            IsReading = one.IsReading || other.IsReading,
            IsEditing = one.IsEditing || other.IsEditing,
            Selection = other.Selection ?? one.Selection,
        });

    private int CountOf(Func<RoomMember, bool> isCounted)
    {
        lock (_lock)
            return _seats.Values.Count(seat => isCounted(seat.Member));
    }

    private void OnJoined(RoomMember member)
    {
        _outbox.Post(stopping => _events.MemberJoinedAsync(_session.DocumentId, member, stopping));
        _changes.Request();
    }

    private void SendChange() => _outbox.Post(stopping => _events.RoomChangedAsync(_session, stopping));

    private void SendSelections()
    {
        var changed = new List<RoomMember>();
        long revision;
        lock (_lock)
        {
            var state = _committed.State;
            revision = state.Revision;
            foreach (var seat in _seats.Values.Where(seat => seat.IsDirty))
            {
                changed.Add(seat.At(state, _committed.Recent));
                seat.IsDirty = false;
            }
        }

        if (changed.Count > 0)
            _outbox.Post(stopping => _events.SelectionsChangedAsync(_session.DocumentId, revision, changed, stopping));
    }

    /// <summary>What became of a selection.</summary>
    internal enum SelectionOutcome
    {
        Taken,
        NotHere,
        OutOfRange,
    }
}
