using RealtimeCollab.Client.Connection;
using RealtimeCollab.Client.Keeping;
using RealtimeCollab.Client.Replica;
using RealtimeCollab.OperationalTransform;
using RealtimeCollab.Protocol.Documents;

namespace RealtimeCollab.Client;

/// <summary>Puts together what runs a document, with what an earlier process has left of it.</summary>
internal sealed class DocumentFactory(CollabClientOptions options, IDocumentHub hub, SubmissionPacer pacer, Action<int> abandon)
{
    /// <param name="documentId">Which document.</param>
    /// <param name="how">How it is opened; the synchronization context is that of the caller.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="CollabClientException"><c>edit_store_failed</c>.</exception>
    public async Task<DocumentDriver> CreateAsync(string documentId, OpenDocumentOptions how, CancellationToken cancellationToken)
    {
        var context = how.CaptureContext ? SynchronizationContext.Current : null;
        if (options.EditStore is null || how.ReadOnly)
            return NewDriver(NewReplica(documentId, how, keep: null), how, context, keeper: null);

        var (journal, records) = await KeptEdits.OpenAsync(options.EditStore, documentId, cancellationToken).ConfigureAwait(false);
        DocumentDriver? driver = null;
        var keeper = new EditKeeper(journal, options.TimeProvider)
        {
            CheckpointWanted = () => driver!.Post(static replica => replica.KeepAll()),
            Failed = error => driver!.Report(CollabClientException.NotKept(error)),
        };
        var replica = NewReplica(documentId, how, keeper.Add);
        try
        {
            replica.Restore(records);
        }
        catch (Exception error) when (error is OperationException or InvalidDataException)
        {
            await keeper.DisposeAsync().ConfigureAwait(false);
            throw CollabClientException.NotKept(error);
        }

        driver = NewDriver(replica, how, context, keeper);
        return driver;
    }

    private DocumentReplica NewReplica(string documentId, OpenDocumentOptions how, Action<EditRecord>? keep) => new(documentId, new ReplicaOptions
    {
        ReadOnly = how.ReadOnly,
        NewOperationId = options.NewOperationId,
        TimeProvider = options.TimeProvider,
        Keep = keep,
    });

    private DocumentDriver NewDriver(DocumentReplica replica, OpenDocumentOptions how, SynchronizationContext? context, EditKeeper? keeper)
    {
        var calls = new DocumentCalls(replica.DocumentId, how, hub, pacer, options.TimeProvider) { Abandon = abandon };
        return new DocumentDriver(replica, calls, options, context) { Keeper = keeper };
    }
}
