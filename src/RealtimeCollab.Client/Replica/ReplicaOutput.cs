using RealtimeCollab.Protocol.Documents;

namespace RealtimeCollab.Client.Replica;

/// <summary>What a replica wants done, in order. Whoever drives it takes these after every input.</summary>
internal abstract record ReplicaOutput;

/// <summary>A call of the hub. A repeated one is to wait, the longer the higher <see cref="Attempt"/> is.</summary>
internal abstract record HubCall(int Attempt) : ReplicaOutput;

/// <summary>Join the document; answered by <see cref="DocumentReplica.Joined"/> or <see cref="DocumentReplica.JoinFailed"/>.</summary>
internal sealed record JoinDocument(long? SinceRevision, int Attempt) : HubCall(Attempt);

/// <summary>Submit an operation; answered by <see cref="DocumentReplica.Submitted"/> or <see cref="DocumentReplica.SubmitFailed"/>.</summary>
internal sealed record SubmitPending(SubmitOperationRequest Request, int Attempt) : HubCall(Attempt);

/// <summary>Read missing operations; answered by <see cref="DocumentReplica.Fetched"/> or <see cref="DocumentReplica.FetchFailed"/>.</summary>
internal sealed record FetchMissing(GetOperationsRequest Request, int Attempt) : HubCall(Attempt);

/// <summary>Tell where the user's selections are. Not answered; only the latest counts.</summary>
internal sealed record SendSelection(UpdateSelectionRequest Request) : ReplicaOutput;

/// <summary>The content changed.</summary>
internal sealed record ContentChanged(DocumentChangedEventArgs Change) : ReplicaOutput;

/// <summary>The state changed.</summary>
internal sealed record StateChanged(DocumentState State) : ReplicaOutput;

/// <summary>Others' selections or the list of participants changed.</summary>
internal sealed record RoomChanged : ReplicaOutput
{
    public static RoomChanged Instance { get; } = new();
}
