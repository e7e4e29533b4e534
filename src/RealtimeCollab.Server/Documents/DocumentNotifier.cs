using Microsoft.AspNetCore.SignalR;
using RealtimeCollab.Protocol.Documents;
using RealtimeCollab.Sessions.Documents;
using RealtimeCollab.Sessions.Rooms;
using RealtimeCollab.Sessions.Storage;

namespace RealtimeCollab.Server.Documents;

/// <summary>Tells the members of a document what its session tells: the group of a document has the document's id.</summary>
internal sealed class DocumentNotifier(IHubContext<DocumentHub, IDocumentClient> hub)
{
    /// <summary>Large batches go out in parts, so that no message alone looks like a slow receiver.</summary>
    private const int MaxMessageBytes = 256 * 1024;

    public async ValueTask OperationsAppliedAsync(string documentId, IReadOnlyList<LogEntry> entries, CancellationToken cancellationToken)
    {
        var members = hub.Clients.Group(documentId);
        var start = 0;
        long bytes = 0;
        for (var i = 0; i < entries.Count; i++)
        {
            var size = OperationSize.Estimate(entries[i].Operation);
            if (i > start && bytes + size > MaxMessageBytes)
            {
                await members.OperationsApplied(ToBatch(documentId, entries, start, i));
                (start, bytes) = (i, 0);
            }

            bytes += size;
        }

        await members.OperationsApplied(ToBatch(documentId, entries, start, entries.Count));
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

    private static OperationBatch ToBatch(string documentId, IReadOnlyList<LogEntry> entries, int start, int end)
    {
        var part = start == 0 && end == entries.Count ? entries : [.. entries.Skip(start).Take(end - start)];
        return part.ToBatch(documentId, part[0].Revision - 1);
    }
}
