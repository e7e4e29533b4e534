using RealtimeCollab.Client.Connection;
using RealtimeCollab.Client.Replica;
using RealtimeCollab.Protocol;
using RealtimeCollab.Protocol.Documents;

namespace RealtimeCollab.Client;

/// <summary>Makes the hub calls that one document's replica asks for, and turns answers into inputs for it.</summary>
internal sealed class DocumentCalls(string documentId, OpenDocumentOptions options, IDocumentHub hub, SubmissionPacer pacer, TimeProvider time)
{
    /// <summary>Gives up the connection with a number, for another one.</summary>
    public required Action<int> Abandon { get; init; }

    public IDocumentHub Hub => hub;

    /// <summary>How long a call has to wait for its turn within the server's limits.</summary>
    public TimeSpan PaceOf(HubCall call) => call is SubmitPending ? pacer.Reserve() : TimeSpan.Zero;

    /// <summary>Makes a call.</summary>
    /// <returns>What to tell the replica.</returns>
    /// <exception cref="CollabClientException">Refused, or without an answer.</exception>
    public async Task<Action<DocumentReplica>> MakeAsync(HubCall call)
    {
        switch (call)
        {
            case JoinDocument join:
                var snapshot = await JoinAsync(join.SinceRevision).ConfigureAwait(false);
                return replica => replica.Joined(join, snapshot);
            case SubmitPending submit:
                using (var span = ClientTraces.StartSubmit(submit.Request))
                {
                    var result = await hub.SubmitOperation(submit.Request.In(span)).ConfigureAwait(false);
                    span?.SetTag("realtimecollab.revision", result.Revision);
                    return replica => replica.Submitted(result);
                }

            case FetchMissing fetch:
                var batch = await hub.GetOperations(fetch.Request).ConfigureAwait(false);
                return replica => replica.Fetched(fetch, batch);
            default:
                throw new ArgumentOutOfRangeException(nameof(call), call, "Not a call that this client knows.");
        }
    }

    /// <summary>What to tell the replica when a call failed.</summary>
    public static Action<DocumentReplica> Failure(HubCall call, CollabClientException error) => call switch
    {
        JoinDocument join => replica => replica.JoinFailed(join, error.Code),
        SubmitPending submit => replica => replica.SubmitFailed(submit, error),
        FetchMissing fetch => replica => replica.FetchFailed(fetch, error),
        _ => throw new ArgumentOutOfRangeException(nameof(call), call, "Not a call that this client knows."),
    };

    /// <summary>Says goodbye, if there is still someone to hear it.</summary>
    public async Task LeaveAsync()
    {
        try
        {
            // both, as a writer may have had to join as a reader; to stop what was not begun is no error
            var leaving = Task.WhenAll(
                hub.Unsubscribe(new UnsubscribeRequest { DocumentId = documentId }),
                hub.StopEditing(new StopEditingRequest { DocumentId = documentId }));
            await leaving.WaitAsync(TimeSpan.FromSeconds(5), time).ConfigureAwait(false);
        }
        catch (Exception error) when (error is CollabClientException or TimeoutException)
        {
            // the server notices by itself when the connection ends
        }
    }

    private async Task<DocumentSnapshot> JoinAsync(long? sinceRevision)
    {
        if (options.ReadOnly)
            return await SubscribeAsync(sinceRevision).ConfigureAwait(false);

        try
        {
            return await StartEditingAsync(sinceRevision).ConfigureAwait(false);
        }
        catch (CollabClientException refusal) when (refusal.Code == ErrorCodes.PermissionDenied)
        {
            // who may not write may still read
            return await SubscribeAsync(sinceRevision).ConfigureAwait(false);
        }
    }

    private Task<DocumentSnapshot> SubscribeAsync(long? sinceRevision) =>
        hub.Subscribe(new SubscribeRequest { DocumentId = documentId, ReadOnly = true, SinceRevision = sinceRevision });

    private Task<DocumentSnapshot> StartEditingAsync(long? sinceRevision) => hub.StartEditing(new StartEditingRequest
    {
        DocumentId = documentId,
        ContentType = options.ContentType,
        InitialText = options.InitialText,
        SinceRevision = sinceRevision,
    });
}
