using RealtimeCollab.OperationalTransform;
using RealtimeCollab.Sessions.Documents;
using RealtimeCollab.Sessions.Documents.Notices;
using RealtimeCollab.Sessions.Rooms.Nodes;

namespace RealtimeCollab.Sessions.Rooms;

/// <summary>The connections that are in a document, on all nodes, with their selections. Does not pass through the session's turn.</summary>
public sealed class DocumentRoom
{
    /// <summary>Up to so many connections the list of all goes to all as often as <see cref="SessionOptions.RoomInterval"/> says.</summary>
    private const int ManyConnections = 100;

    private static readonly TimeSpan LongestInterval = TimeSpan.FromSeconds(10);

    private readonly DocumentSession _session;
    private readonly CommittedDocument _committed;
    private readonly Outbox _outbox;
    private readonly IDocumentEvents _events;
    private readonly Seating _seating;
    private readonly Throttle _selections;
    private readonly Throttle _changes;
    private readonly RoomPulses? _pulses;
    private readonly RoomPart? _part;
    private long _selectionOrder;

    internal DocumentRoom(DocumentSession session, CommittedDocument committed, Outbox outbox, SessionServices services, HeardNodes heard)
    {
        (_session, _committed, _outbox, _events, _pulses) = (session, committed, outbox, services.Events, services.Rooms);
        _seating = new Seating(committed, isShared: _pulses is not null);
        _selections = new Throttle(services.Options.SelectionInterval, services.Time, SendSelections);
        _changes = new Throttle(() => IntervalFor(_seating.Count, services.Options.RoomInterval), services.Time, SendChange);
        if (_pulses is null)
            return;
        _part = new RoomPart(session.DocumentId, session.SessionId, _seating, outbox, _pulses.Notices, services, OnHeard);
        _pulses.Add(_part);
        heard.OnRoom = _part.Hear;
        _part.AskAll();
    }

    /// <summary>The clients that are here, each once, with their selections at the session's revision.</summary>
    public IReadOnlyList<RoomMember> Members => _seating.Members;

    /// <summary>Connections that follow the document.</summary>
    public int ReaderCount => _seating.CountOf(member => member.IsReading);

    /// <summary>Connections that edit the document.</summary>
    public int WriterCount => _seating.CountOf(member => member.IsEditing);

    /// <summary>Lets a connection of this node in, or lets one that is in read or edit as well. Returns the member as it is then.</summary>
    public RoomMember Join(RoomMember member)
    {
        ArgumentNullException.ThrowIfNull(member);
        var (entered, isNews) = _seating.Enter(member);
        if (isNews)
            OnChangedHere(entered);
        return entered;
    }

    /// <summary>Lets a connection of this node stop to read or to edit; with neither left it is out.</summary>
    public void Stop(string connectionId, bool reading, bool editing)
    {
        var changed = _seating.Change(connectionId, member => (member.IsReading && !reading, member.IsEditing && !editing));
        if (changed is { IsReading: false, IsEditing: false })
            Leave(connectionId);
        else if (changed is not null)
            OnChangedHere(changed);
    }

    /// <summary>Makes a connection of this node that edits one that follows; nothing happens if it is not here.</summary>
    public void Demote(string connectionId)
    {
        if (_seating.Change(connectionId, _ => (true, false)) is { } changed)
            OnChangedHere(changed);
    }

    /// <summary>Lets a connection of this node go; nothing happens if it is not here.</summary>
    public void Leave(string connectionId)
    {
        if (_seating.Leave(connectionId) is not { } left)
            return;
        if (left.IsLast)
            _outbox.Post(stopping => _events.MemberLeftAsync(_session.DocumentId, left.Member, stopping));
        _changes.Request();
        _part?.Say();
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
        var outcome = _seating.Select(connectionId, order, revision, selection);
        if (outcome == SelectionOutcome.Taken)
        {
            _selections.Request();
            _part?.Say();
        }

        return outcome;
    }

    /// <summary>The document went on by what other nodes committed: their selections may have waited for it.</summary>
    internal void OnAdvanced()
    {
        if (_part is not null && _seating.HasCaughtUp())
            _selections.Request();
    }

    internal void Close()
    {
        if (_part is not null)
        {
            _pulses!.Remove(_part);
            _part.Close();
        }

        _selections.Close();
        _changes.Close();
    }

    /// <summary>The list of all to all grows with the square of the room: large rooms are sent it less often, so that it costs no more than in one of a hundred.</summary>
    private static TimeSpan IntervalFor(int connections, TimeSpan shortest)
    {
        var times = (double)connections / ManyConnections;
        if (times <= 1)
            return shortest;
        var interval = shortest * times * times;
        return interval < LongestInterval || shortest > LongestInterval ? interval : LongestInterval;
    }

    private void OnChangedHere(RoomMember member)
    {
        _outbox.Post(stopping => _events.MemberJoinedAsync(_session.DocumentId, member, stopping));
        _changes.Request();
        _part?.Say();
    }

    private void OnHeard(RoomChanges changes)
    {
        // one message for the outbox, however many another node has
        if (changes.IsListChanged)
        {
            _outbox.Post(stopping => TellAsync(changes, stopping));
            _changes.Request();
        }

        _selections.Request();
    }

    private async ValueTask TellAsync(RoomChanges changes, CancellationToken stopping)
    {
        foreach (var member in changes.Came)
            await _events.MemberJoinedAsync(_session.DocumentId, member, stopping);
        foreach (var member in changes.Left)
            await _events.MemberLeftAsync(_session.DocumentId, member, stopping);
    }

    private void SendChange() => _outbox.Post(stopping => _events.RoomChangedAsync(_session, stopping));

    private void SendSelections()
    {
        var moved = _seating.TakeMoved(out var revision);
        if (moved.Count > 0)
            _outbox.Post(stopping => _events.SelectionsChangedAsync(_session.DocumentId, revision, moved, stopping));
    }
}
