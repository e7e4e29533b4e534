using RealtimeCollab.OperationalTransform;
using RealtimeCollab.Sessions.Documents;
using RealtimeCollab.Sessions.Rooms.Nodes;

namespace RealtimeCollab.Sessions.Rooms;

/// <summary>A member with its selection, which waits at the revision it was sent for until someone needs it. Guarded by the seating's lock.</summary>
/// <param name="member">The member as it comes.</param>
/// <param name="partId">The other node's part that has the connection; null for one of this node's.</param>
internal sealed class RoomSeat(RoomMember member, string? partId)
{
    private long _selectionRevision;
    private long _selectionOrder;
    private Selection? _ahead;

    public RoomMember Member { get; private set; } = member;

    public string? PartId => partId;

    /// <summary>The selection changed since it was last sent.</summary>
    public bool IsDirty { get; set; }

    /// <summary>The other nodes have not heard how it is.</summary>
    public bool IsUnsaid { get; set; } = partId is null;

    /// <summary>The revision for which another node's selection waits here; null if none does.</summary>
    public long? AheadRevision { get; private set; }

    /// <summary>Lets it read or edit. Returns whether that is news.</summary>
    public bool Become(bool isReading, bool isEditing)
    {
        if (Member.IsReading == isReading && Member.IsEditing == isEditing)
            return false;
        Member = Member with { IsReading = isReading, IsEditing = isEditing };
        IsUnsaid = partId is null;
        return true;
    }

    /// <summary>Takes a selection, unless a later one is here: one sent with an operation arrives only when that is committed.</summary>
    public bool TrySelect(long order, long revision, Selection? selection)
    {
        if (order < _selectionOrder)
            return false;
        _selectionOrder = order;
        Take(revision, selection);
        IsUnsaid = true;
        return true;
    }

    /// <summary>Takes what its node says of it. A selection at a revision that this node has not heard of waits for it.</summary>
    public void Hear(RoomEntry entry, SessionState state, RecentOperations recent)
    {
        if (entry.Revision > state.Revision)
        {
            (AheadRevision, _ahead) = (entry.Revision, entry.Member.Selection);
            return;
        }

        AheadRevision = null;
        if (Member.Selection is null && entry.Member.Selection is null)
            return;
        Take(entry.Revision, entry.Member.Selection);
        DropOutOfRange(state, recent);
    }

    /// <summary>The member with its selection at the document's revision; one that is too far behind to be moved there is dropped.</summary>
    public RoomMember At(SessionState state, RecentOperations recent)
    {
        if (AheadRevision is { } revision && revision <= state.Revision)
        {
            AheadRevision = null;
            Take(revision, _ahead);
            DropOutOfRange(state, recent);
        }

        return Move(state, recent);
    }

    private void Take(long revision, Selection? selection)
    {
        Member = Member with { Selection = selection };
        (_selectionRevision, IsDirty) = (revision, true);
    }

    private void DropOutOfRange(SessionState state, RecentOperations recent)
    {
        if (Move(state, recent).Selection is { } moved && !moved.FitsIn(state.Document.Length))
            Member = Member with { Selection = null };
    }

    private RoomMember Move(SessionState state, RecentOperations recent)
    {
        if (Member.Selection is not { } selection || _selectionRevision >= state.Revision)
            return Member;
        if (!recent.TryRead(_selectionRevision, int.MaxValue, out var since))
        {
            selection = null;
        }
        else
        {
            foreach (var entry in since)
            {
                // the window may have moved on since the state was read: stop where the caller's revision is
                if (entry.Revision > state.Revision)
                    break;
                selection = selection.Transform(entry.Operation);
            }
        }

        Member = Member with { Selection = selection };
        _selectionRevision = state.Revision;
        return Member;
    }
}
