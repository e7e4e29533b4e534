using RealtimeCollab.Protocol.Documents;

namespace RealtimeCollab.Client.Replica;

/// <summary>What a replica wants done, in order. Whoever drives it takes these after every input.</summary>
internal abstract class ReplicaOutput;

/// <summary>
/// A call of the hub. A repeated one is to wait, the longer the higher <see cref="Attempt"/> is. The answer names the call,
/// so that one that comes when the replica does not wait for it any more is ignored.
/// </summary>
internal abstract class HubCall(int attempt) : ReplicaOutput
{
    public int Attempt { get; } = attempt;
}

/// <summary>Join the document; answered by <see cref="DocumentReplica.Joined"/> or <see cref="DocumentReplica.JoinFailed"/>.</summary>
internal sealed class JoinDocument(long? sinceRevision, int attempt) : HubCall(attempt)
{
    public long? SinceRevision { get; } = sinceRevision;
}

/// <summary>Submit an operation; answered by <see cref="DocumentReplica.Submitted"/> or <see cref="DocumentReplica.SubmitFailed"/>.</summary>
internal sealed class SubmitPending(SubmitOperationRequest request, int attempt) : HubCall(attempt)
{
    public SubmitOperationRequest Request { get; } = request;
}

/// <summary>Read missing operations; answered by <see cref="DocumentReplica.Fetched"/> or <see cref="DocumentReplica.FetchFailed"/>.</summary>
internal sealed class FetchMissing(GetOperationsRequest request, int attempt) : HubCall(attempt)
{
    public GetOperationsRequest Request { get; } = request;
}

/// <summary>Tell where the user's selections are. Not answered; only the latest counts.</summary>
internal sealed class SendSelection(UpdateSelectionRequest request) : ReplicaOutput
{
    public UpdateSelectionRequest Request { get; } = request;
}

/// <summary>The content changed.</summary>
internal sealed class ContentChanged(DocumentChangedEventArgs change) : ReplicaOutput
{
    public DocumentChangedEventArgs Change { get; } = change;
}

/// <summary>The content was found to differ from the server's.</summary>
internal sealed class ChecksumMismatched(ChecksumMismatchEventArgs mismatch) : ReplicaOutput
{
    public ChecksumMismatchEventArgs Mismatch { get; } = mismatch;
}

/// <summary>The state changed.</summary>
internal sealed class StateChanged(DocumentState state) : ReplicaOutput
{
    public DocumentState State { get; } = state;
}

/// <summary>The server cannot take the edits.</summary>
internal sealed class ConflictEntered(DocumentConflict conflict) : ReplicaOutput
{
    public DocumentConflict Conflict { get; } = conflict;
}

/// <summary>The server refused edits for good.</summary>
internal sealed class EditsRejected(EditsRejectedEventArgs rejection) : ReplicaOutput
{
    public EditsRejectedEventArgs Rejection { get; } = rejection;
}

/// <summary>The document is closed for good.</summary>
internal sealed class ClosedForGood(DocumentClosedEventArgs closing) : ReplicaOutput
{
    public DocumentClosedEventArgs Closing { get; } = closing;
}

/// <summary>Somebody came, went or moved a selection.</summary>
internal sealed class PeopleChanged : ReplicaOutput
{
    public static PeopleChanged Instance { get; } = new();
}

/// <summary>Something failed that endangers no edit.</summary>
internal sealed class ErrorOccurred(CollabClientException error) : ReplicaOutput
{
    public CollabClientException Error { get; } = error;
}

/// <summary>What the user may do changed.</summary>
internal sealed class RoleChanged(DocumentRole role) : ReplicaOutput
{
    public DocumentRole Role { get; } = role;
}
