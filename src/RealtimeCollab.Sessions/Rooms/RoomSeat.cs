using RealtimeCollab.OperationalTransform;
using RealtimeCollab.Sessions.Documents;

namespace RealtimeCollab.Sessions.Rooms;

/// <summary>A member with its selection, which waits at the revision it was sent for until someone needs it. Guarded by the room's lock.</summary>
internal sealed class RoomSeat(RoomMember member)
{
    private long _selectionRevision;
    private long _selectionOrder;

    public RoomMember Member { get; set; } = member;

    /// <summary>The selection changed since it was last sent.</summary>
    public bool IsDirty { get; set; }

    /// <summary>Takes a selection, unless a later one is here: one sent with an operation arrives only when that is committed.</summary>
    public bool TrySelect(long order, long revision, Selection? selection)
    {
        if (order < _selectionOrder)
            return false;
        Member = Member with { Selection = selection };
        (_selectionOrder, _selectionRevision, IsDirty) = (order, revision, true);
        return true;
    }

    /// <summary>The member with its selection at the document's revision; one that is too far behind to be moved there is dropped.</summary>
    public RoomMember At(SessionState state, RecentOperations recent)
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
