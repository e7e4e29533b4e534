using System.Collections.Concurrent;
using RealtimeCollab.Client.Replica;
using RealtimeCollab.Protocol;
using RealtimeCollab.Protocol.Documents;

namespace RealtimeCollab.Client.Connection;

/// <summary>Hands the server's callbacks to the documents that they are about.</summary>
internal sealed class CallbackRouter(ConcurrentDictionary<string, DocumentDriver> documents, ConnectionKeeper keeper) : IDocumentClient
{
    public Task Welcome(WelcomeMessage message)
    {
        keeper.Greeted(message);
        return Task.CompletedTask;
    }

    public Task OperationsApplied(OperationBatch batch)
    {
        ClientTraces.Receive(batch);
        return Route(batch.DocumentId, replica => replica.Receive(batch));
    }

    public Task SelectionsChanged(SelectionsChanged message) => Route(message.DocumentId, replica => replica.SelectionsMoved(message));

    public Task UserJoined(ParticipantMessage message) => Route(message.DocumentId, replica => replica.ParticipantJoined(message.Client));

    public Task UserLeft(ParticipantMessage message) => Route(message.DocumentId, replica => replica.ParticipantLeft(message.Client));

    public Task SessionInfo(SessionInfo message) => Route(message.DocumentId, replica => replica.MembersListed(message));

    public Task AccessChanged(AccessChanged message) => Route(message.DocumentId, replica => replica.AccessChanged(message.Role));

    public Task DocumentClosed(DocumentClosed message) => Route(message.DocumentId, replica => replica.Close(message.Reason));

    /// <summary>Every call of this client waits for its own result, which carries the same refusal.</summary>
    public Task Error(ErrorMessage message) => Task.CompletedTask;

    private Task Route(string documentId, Action<DocumentReplica> input)
    {
        if (documents.TryGetValue(documentId, out var document))
            document.Receive(input);

        return Task.CompletedTask;
    }
}
