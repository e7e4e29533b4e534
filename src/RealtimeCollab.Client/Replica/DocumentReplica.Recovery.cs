using System.Diagnostics.CodeAnalysis;
using RealtimeCollab.OperationalTransform;
using RealtimeCollab.Protocol;

namespace RealtimeCollab.Client.Replica;

/// <content>
/// What to do when client and server cannot go on from what both have: the content is loaded anew where nothing is lost by it, else the
/// user's edits are held as a conflict.
/// </content>
internal sealed partial class DocumentReplica
{
    /// <summary>The server's content is to come in place of what is here; null if it is not.</summary>
    private Reload? _reload;

    public DocumentConflict? Conflict { get; private set; }

    /// <summary>Why the document is closed for good: a word, or the code of an error; null while it is not.</summary>
    public string? ClosedReason { get; private set; }

    /// <summary>With what the server refused edits the last time; null if it never did.</summary>
    public CollabClientException? LastRejection { get; private set; }

    /// <summary>Whether the last edit was among those that the server refused.</summary>
    public bool WasRejected { get; private set; }

    /// <summary>Whether the server's whole content has to come, before anything else can.</summary>
    [MemberNotNullWhen(false, nameof(_state))]
    public bool NeedsContent => !HasContent || _reload is not null;

    /// <summary>Whether entries of the log are taken.</summary>
    [MemberNotNullWhen(true, nameof(_state))]
    private bool IsFollowing => !NeedsContent && !IsStopped;

    private bool IsStopped => Conflict is not null || ClosedReason is not null;

    /// <summary>Ends the conflict; does nothing without one.</summary>
    /// <exception cref="CollabClientException"><c>permission_denied</c>: then the edits can only be discarded.</exception>
    public void Resolve(ConflictResolution resolution)
    {
        if (Conflict is null || ClosedReason is not null)
            return;
        if (Conflict.Code == ErrorCodes.PermissionDenied && resolution != ConflictResolution.Discard)
            throw new CollabClientException(ErrorCodes.PermissionDenied, "The user may not write: the edits can only be discarded.");

        Conflict = null;
        if (resolution == ConflictResolution.Discard)
            LoadAnew();
        else
            Load(new Reload(resolution));
    }

    /// <summary>The document is closed for good: by the application, or by the server, which says why.</summary>
    public void Close(string reason)
    {
        if (ClosedReason is not null)
            return;

        ClosedReason = reason;
        ForgetCalls();
        UpdateState();
        Emit(new ClosedForGood(new DocumentClosedEventArgs(reason, PendingEdits)));
    }

    /// <summary>The server has not the entries that are needed.</summary>
    private void CannotGoOn(string code)
    {
        if (code == ErrorCodes.RevisionTooOld && Pending is null)
            LoadAnew();
        else
            EnterConflict(code);
    }

    /// <summary>An entry does not fit what is here: the content is wrong, or the server was set back to a backup.</summary>
    private void Diverged(OperationException misfit)
    {
        var error = new CollabClientException(CollabClientException.ContentDiverged, "An operation of the server does not fit the content.", misfit);
        Report(error);
        if (Pending is null)
            LoadAnew();
        else
            EnterConflict(error.Code);
    }

    private void EnterConflict(string code)
    {
        Conflict = new DocumentConflict(code, Content, Pending, Revision);
        (_reload, _isMoving) = (null, false);
        if (_link == Link.Joined)
            _link = Link.Joining;
        ForgetCalls();
        UpdateState();
        Emit(new ConflictEntered(Conflict));
    }

    /// <summary>The content here is wrong, or the edits are given up; those made from now on are kept.</summary>
    private void LoadAnew(long fromRevision = 0)
    {
        (_base, _inFlight) = (Content, null);
        _state = ClientState.Synchronized(Revision);
        Load(new Reload(ConflictResolution.Discard, fromRevision));
    }

    private void HandBackWhenLoaded(CollabClientException refusal) => Load(new Reload(ConflictResolution.Discard, Refusal: refusal));

    private void HandBack(CollabClientException refusal)
    {
        (LastRejection, WasRejected) = (refusal, true);
        Emit(new EditsRejected(new EditsRejectedEventArgs(refusal, PendingEdits, Content)));
        (_base, _state) = (Content, ClientState.Synchronized(Revision));
    }

    private void Load(Reload reload)
    {
        _isMoving |= IsUpToDate;
        _reload = reload;
        _knownHead = 0;
        _early.Clear();
        if (_link != Link.Down)
            BeginJoin(attempt: 0);
        UpdateState();
    }

    /// <summary>What becomes of the local content when the server's comes in its place.</summary>
    /// <param name="Resolution">What becomes of the pending edits.</param>
    /// <param name="FromRevision">A node that has less is behind, and not to be believed.</param>
    /// <param name="Refusal">With what the server refused the pending edits: they are handed back.</param>
    private sealed record Reload(ConflictResolution Resolution, long FromRevision = 0, CollabClientException? Refusal = null);
}
