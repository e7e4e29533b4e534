using System.Collections.Concurrent;
using RealtimeCollab.Protocol.Documents;

namespace RealtimeCollab.Client.Connection;

/// <summary>Asks for the revisions of the open documents now and then, so that a lost last message is found, and a wrong copy.</summary>
internal sealed class Heartbeat(IDocumentHub hub, ConcurrentDictionary<string, DocumentDriver> documents)
{
    /// <summary>Called when the server refuses a heartbeat.</summary>
    public required Action<CollabClientException> Refused { get; init; }

    public async Task BeatAsync(CancellationToken stopping)
    {
        string[] documentIds = [.. documents.Keys];
        if (documentIds.Length == 0)
            return;

        try
        {
            var result = await hub.Heartbeat(new HeartbeatRequest { DocumentIds = documentIds }).WaitAsync(stopping).ConfigureAwait(false);
            foreach (var (documentId, head) in result.Heads)
            {
                if (documents.TryGetValue(documentId, out var document))
                    document.Receive(replica => replica.HeadSeen(head));
            }

            foreach (var (documentId, checksum) in result.Checksums)
            {
                if (documents.TryGetValue(documentId, out var document))
                    document.Receive(replica => replica.ChecksumSeen(checksum));
            }
        }
        catch (CollabClientException refusal)
        {
            // whether the connection lives is for its own timeouts to say; the next beat asks again
            if (refusal.Code != CollabClientException.ConnectionLost)
                Refused(refusal);
        }
    }
}
