using Microsoft.AspNetCore.SignalR;
using RealtimeCollab.Protocol.Documents;
using RealtimeCollab.Server.Delivery;
using RealtimeCollab.Sessions.Documents;
using RealtimeCollab.Sessions.Rooms;
using RealtimeCollab.Sessions.Storage;

namespace RealtimeCollab.Server.Documents;

/// <summary>Tells the members of a document what its session tells: the group of a document has the document's id.</summary>
internal sealed class DocumentNotifier(HubLifetimeManager<DocumentHub> manager)
{
    /// <summary>
    /// The session of each node tells its own members all that happens on any node. Null under a lifetime manager of the application's: everybody then
    /// hears of it from every node, and drops what is known.
    /// </summary>
    private readonly BoundedHubLifetimeManager<DocumentHub>? _ownMembers = manager as BoundedHubLifetimeManager<DocumentHub>;

    /// <summary>Large batches go out in parts, so that no message alone looks like a slow receiver.</summary>
    private const int MaxMessageBytes = 256 * 1024;

    public async ValueTask OperationsAppliedAsync(string documentId, IReadOnlyList<LogEntry> entries, CancellationToken cancellationToken)
    {
        var start = 0;
        long bytes = 0;
        for (var i = 0; i < entries.Count; i++)
        {
            var size = OperationSize.Estimate(entries[i].Operation);
            if (i > start && bytes + size > MaxMessageBytes)
            {
                await SendAsync(ToBatch(documentId, entries, start, i));
                (start, bytes) = (i, 0);
            }

            bytes += size;
        }

        await SendAsync(ToBatch(documentId, entries, start, entries.Count));
    }

    public async ValueTask SelectionsChangedAsync(
        string documentId, long revision, IReadOnlyList<RoomMember> members, CancellationToken cancellationToken) =>
        await SendAsync(documentId, nameof(IDocumentClient.SelectionsChanged), new SelectionsChanged
        {
            DocumentId = documentId,
            Revision = revision,
            Selections = [.. members.Select(WireMapping.ToSelection)],
        });

    public async ValueTask MemberJoinedAsync(string documentId, RoomMember member, CancellationToken cancellationToken) =>
        await SendAsync(documentId, nameof(IDocumentClient.UserJoined), member.ToParticipantMessage(documentId), member.ConnectionId);

    public async ValueTask MemberLeftAsync(string documentId, RoomMember member, CancellationToken cancellationToken) =>
        await SendAsync(documentId, nameof(IDocumentClient.UserLeft), member.ToParticipantMessage(documentId), member.ConnectionId);

    public async ValueTask RoomChangedAsync(DocumentSession session, CancellationToken cancellationToken) =>
        await SendAsync(session.DocumentId, nameof(IDocumentClient.SessionInfo), session.ToSessionInfo());

    private Task SendAsync(OperationBatch batch) => SendAsync(batch.DocumentId, nameof(IDocumentClient.OperationsApplied), batch);

    private Task SendAsync(string documentId, string method, object message, string? exceptConnectionId = null)
    {
        string[] excluded = exceptConnectionId is null ? [] : [exceptConnectionId];
        if (_ownMembers is null)
            return manager.SendGroupExceptAsync(documentId, method, [message], excluded);
        _ownMembers.SendGroupHere(documentId, method, [message], excluded);
        return Task.CompletedTask;
    }

    private static OperationBatch ToBatch(string documentId, IReadOnlyList<LogEntry> entries, int start, int end)
    {
        var part = start == 0 && end == entries.Count ? entries : [.. entries.Skip(start).Take(end - start)];
        return part.ToBatch(documentId, part[0].Revision - 1);
    }
}
