using RealtimeCollab.OperationalTransform;
using RealtimeCollab.Sessions.Documents;
using RealtimeCollab.Sessions.Rooms.Nodes;

namespace RealtimeCollab.Sessions.Rooms;

/// <summary>Who is in a room: the connections of this node, and those that other nodes say they have. Safe for concurrent use.</summary>
/// <param name="committed">The document.</param>
/// <param name="isShared">Other nodes are to hear what changes here.</param>
internal sealed class Seating(CommittedDocument committed, bool isShared)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, RoomSeat> _seats = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _connectionsOf = new(StringComparer.Ordinal);
    private readonly RoomColors _colors = new();
    private readonly HashSet<string> _unsaidGone = new(StringComparer.Ordinal);

    /// <summary>The clients, each once, with their selections at the document's revision.</summary>
    public IReadOnlyList<RoomMember> Members
    {
        get
        {
            lock (_lock)
            {
                // read inside the lock: seats only ever move forward
                var state = committed.State;
                return [.. _seats.Values.Select(seat => seat.At(state, committed.Recent))
                    .GroupBy(member => member.ClientId, StringComparer.Ordinal).Select(Merge)];
            }
        }
    }

    /// <summary>How many connections there are.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
                return _seats.Count;
        }
    }

    /// <summary>Something changed here that other nodes have not heard.</summary>
    public bool HasUnsaid
    {
        get
        {
            lock (_lock)
                return _unsaidGone.Count > 0 || _seats.Values.Any(seat => seat.IsUnsaid);
        }
    }

    public int CountOf(Func<RoomMember, bool> isCounted)
    {
        lock (_lock)
            return _seats.Values.Count(seat => isCounted(seat.Member));
    }

    /// <summary>Lets a connection of this node in, or lets one that is in read or edit as well.</summary>
    /// <returns>The member as it is then, and whether that is news.</returns>
    public (RoomMember Member, bool IsNews) Enter(RoomMember member)
    {
        lock (_lock)
        {
            if (_seats.TryGetValue(member.ConnectionId, out var seat))
            {
                var isNews = seat.Become(seat.Member.IsReading || member.IsReading, seat.Member.IsEditing || member.IsEditing);
                return (seat.Member, isNews);
            }

            seat = Add_NeedsLock(member, _colors.Enter(member.UserId), partId: null);
            _unsaidGone.Remove(member.ConnectionId);
            return (seat.Member, true);
        }
    }

    /// <summary>
    /// Lets a connection of this node read or edit. Null if it is not here, or nothing changes; one that is to do neither is given back as such, and stays
    /// as it is until it leaves.
    /// </summary>
    public RoomMember? Change(string connectionId, Func<RoomMember, (bool IsReading, bool IsEditing)> change)
    {
        lock (_lock)
        {
            if (!_seats.TryGetValue(connectionId, out var seat))
                return null;
            var (isReading, isEditing) = change(seat.Member);
            if (!isReading && !isEditing)
                return seat.Member with { IsReading = false, IsEditing = false };
            return seat.Become(isReading, isEditing) ? seat.Member : null;
        }
    }

    /// <summary>Lets a connection of this node go; null if it is not here. The last of its client's is told.</summary>
    public (RoomMember Member, bool IsLast)? Leave(string connectionId)
    {
        lock (_lock)
        {
            if (!_seats.TryGetValue(connectionId, out var seat))
                return null;
            if (isShared)
                _unsaidGone.Add(connectionId);
            return (seat.Member, Remove_NeedsLock(seat));
        }
    }

    /// <summary>Takes where a connection of this node has its selections.</summary>
    public SelectionOutcome Select(string connectionId, long order, long revision, Selection? selection)
    {
        lock (_lock)
        {
            if (!_seats.TryGetValue(connectionId, out var seat))
                return SelectionOutcome.NotHere;
            if (!seat.TrySelect(order, revision, selection))
                return SelectionOutcome.Taken;
            var state = committed.State;
            if (seat.At(state, committed.Recent).Selection is { } moved && !moved.FitsIn(state.Document.Length))
            {
                seat.TrySelect(order, state.Revision, selection: null);
                return SelectionOutcome.OutOfRange;
            }

            return SelectionOutcome.Taken;
        }
    }

    /// <summary>The members whose selections changed since the last call, at one revision.</summary>
    public IReadOnlyList<RoomMember> TakeMoved(out long revision)
    {
        var moved = new List<RoomMember>();
        lock (_lock)
        {
            var state = committed.State;
            revision = state.Revision;
            foreach (var seat in _seats.Values.Where(seat => seat.IsDirty || seat.AheadRevision is not null))
            {
                var member = seat.At(state, committed.Recent);
                if (!seat.IsDirty)
                    continue;
                moved.Add(member);
                seat.IsDirty = false;
            }
        }

        return moved;
    }

    /// <summary>A selection of another node's waits for a revision that this node has by now.</summary>
    public bool HasCaughtUp()
    {
        lock (_lock)
        {
            var revision = committed.State.Revision;
            return _seats.Values.Any(seat => seat.AheadRevision <= revision);
        }
    }

    /// <summary>What other nodes have not heard of this node's connections, or everything.</summary>
    public UnsaidChanges TakeUnsaid(bool isAll)
    {
        lock (_lock)
        {
            var state = committed.State;
            var present = new List<RoomEntry>();
            var isChanged = _unsaidGone.Count > 0;
            foreach (var seat in _seats.Values.Where(seat => seat.PartId is null && (isAll || seat.IsUnsaid)))
            {
                isChanged |= seat.IsUnsaid;
                seat.IsUnsaid = false;
                present.Add(new RoomEntry(seat.At(state, committed.Recent), state.Revision));
            }

            string[] gone = [.. _unsaidGone];
            _unsaidGone.Clear();
            return new UnsaidChanges(isChanged, present, gone);
        }
    }

    /// <summary>Takes what another node's part says. Who comes back by another connection does not go.</summary>
    public RoomChanges Seat(RoomNotice notice)
    {
        lock (_lock)
        {
            var came = new List<RoomMember>();
            foreach (var entry in notice.Present)
            {
                if (SeatFar_NeedsLock(notice.PartId, entry) is { } news)
                    came.Add(news);
            }

            var present = notice.Present.Select(entry => entry.Member.ConnectionId).ToHashSet(StringComparer.Ordinal);
            var gone = notice.Before == 0 ? SeatsOf(notice.PartId).Where(seat => !present.Contains(seat.Member.ConnectionId)) : FindGone(notice);
            return RemoveAll_NeedsLock(came, [.. gone]);
        }
    }

    /// <summary>Another node's part is gone.</summary>
    public RoomChanges Unseat(string partId)
    {
        lock (_lock)
            return RemoveAll_NeedsLock([], [.. SeatsOf(partId)]);
    }

    private static RoomMember Merge(IEnumerable<RoomMember> connectionsOfOneClient) =>
        connectionsOfOneClient.Aggregate((one, other) => other with
        {
            IsReading = one.IsReading || other.IsReading,
            IsEditing = one.IsEditing || other.IsEditing,
            Selection = other.Selection ?? one.Selection,
        });

    private IEnumerable<RoomSeat> SeatsOf(string partId) =>
        _seats.Values.Where(seat => string.Equals(seat.PartId, partId, StringComparison.Ordinal));

    private IEnumerable<RoomSeat> FindGone(RoomNotice notice) =>
        notice.Gone.Select(id => _seats.GetValueOrDefault(id)).OfType<RoomSeat>()
            .Where(seat => string.Equals(seat.PartId, notice.PartId, StringComparison.Ordinal));

    private RoomMember? SeatFar_NeedsLock(string partId, RoomEntry entry)
    {
        var isNews = true;
        if (!_seats.TryGetValue(entry.Member.ConnectionId, out var seat))
            seat = Add_NeedsLock(entry.Member with { Selection = null }, _colors.Enter(entry.Member.UserId, entry.Member.Color), partId);
        else if (string.Equals(seat.PartId, partId, StringComparison.Ordinal))
            isNews = seat.Become(entry.Member.IsReading, entry.Member.IsEditing);
        else
            return null;

        var state = committed.State;
        seat.Hear(entry, state, committed.Recent);
        return isNews ? seat.At(state, committed.Recent) : null;
    }

    private RoomChanges RemoveAll_NeedsLock(List<RoomMember> came, IReadOnlyList<RoomSeat> gone)
    {
        var left = new List<RoomMember>();
        foreach (var seat in gone)
        {
            if (Remove_NeedsLock(seat))
                left.Add(seat.Member);
        }

        return new RoomChanges(came, left, came.Count > 0 || gone.Count > 0);
    }

    private RoomSeat Add_NeedsLock(RoomMember member, string color, string? partId)
    {
        var seat = new RoomSeat(member with { Color = color }, partId);
        _seats.Add(member.ConnectionId, seat);
        _connectionsOf[member.ClientId] = _connectionsOf.GetValueOrDefault(member.ClientId) + 1;
        return seat;
    }

    /// <summary>Whether it was the last of its client's.</summary>
    private bool Remove_NeedsLock(RoomSeat seat)
    {
        _seats.Remove(seat.Member.ConnectionId);
        _colors.Leave(seat.Member.UserId);
        var left = --_connectionsOf[seat.Member.ClientId];
        if (left == 0)
            _connectionsOf.Remove(seat.Member.ClientId);
        return left == 0;
    }
}
