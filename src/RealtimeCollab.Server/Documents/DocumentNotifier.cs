using Microsoft.AspNetCore.SignalR;
using RealtimeCollab.Protocol.Documents;
using RealtimeCollab.Server.Delivery;
using RealtimeCollab.Sessions.Documents;
using RealtimeCollab.Sessions.Rooms;
using RealtimeCollab.Sessions.Storage;

namespace RealtimeCollab.Server.Documents;

/// <summary>Tells the members of a document what its session tells: the group of a document has the document's id.</summary>
internal sealed class DocumentNotifier(IHubContext<DocumentHub, IDocumentClient> hub, HubLifetimeManager<DocumentHub> manager)
{
    /// <summary>
    /// The session of each node tells its own members of all commits. Null under a lifetime manager of the application's: everybody then hears of them
    /// from every node, and drops what is known.
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
        await hub.Clients.Group(documentId).SelectionsChanged(new SelectionsChanged
        {
            DocumentId = documentId,
            Revision = revision,
            Selections = [.. members.Select(WireMapping.ToSelection)],
        });

    public async ValueTask MemberJoinedAsync(string documentId, RoomMember member, CancellationToken cancellationToken) =>
        await hub.Clients.GroupExcept(documentId, member.ConnectionId).UserJoined(member.ToParticipantMessage(documentId));

    public async ValueTask MemberLeftAsync(string documentId, RoomMember member, CancellationToken cancellationToken) =>
        await hub.Clients.GroupExcept(documentId, member.ConnectionId).UserLeft(member.ToParticipantMessage(documentId));

    public async ValueTask RoomChangedAsync(DocumentSession session, CancellationToken cancellationToken) =>
        await hub.Clients.Group(session.DocumentId).SessionInfo(session.ToSessionInfo());

    private Task SendAsync(OperationBatch batch)
    {
        if (_ownMembers is null)
            return hub.Clients.Group(batch.DocumentId).OperationsApplied(batch);
        _ownMembers.SendGroupHere(batch.DocumentId, nameof(IDocumentClient.OperationsApplied), [batch]);
        return Task.CompletedTask;
    }

    private static OperationBatch ToBatch(string documentId, IReadOnlyList<LogEntry> entries, int start, int end)
    {
        var part = start == 0 && end == entries.Count ? entries : [.. entries.Skip(start).Take(end - start)];
        return part.ToBatch(documentId, part[0].Revision - 1);
    }
}
