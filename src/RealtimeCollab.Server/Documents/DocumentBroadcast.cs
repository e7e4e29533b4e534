using RealtimeCollab.Server.Followers;
using RealtimeCollab.Sessions.Documents;
using RealtimeCollab.Sessions.Rooms;
using RealtimeCollab.Sessions.Storage;

namespace RealtimeCollab.Server.Documents;

/// <summary>Where sessions send what is to be heard: to event streams, which takes no time, and to the connections of the hub.</summary>
internal sealed class DocumentBroadcast(FollowerNotifier followers, DocumentNotifier hub) : IDocumentEvents
{
    public async ValueTask OperationsAppliedAsync(string documentId, IReadOnlyList<LogEntry> entries, CancellationToken cancellationToken)
    {
        await followers.OperationsAppliedAsync(documentId, entries, cancellationToken);
        await hub.OperationsAppliedAsync(documentId, entries, cancellationToken);
    }

    public ValueTask SelectionsChangedAsync(
        string documentId, long revision, IReadOnlyList<RoomMember> members, CancellationToken cancellationToken) =>
        hub.SelectionsChangedAsync(documentId, revision, members, cancellationToken);

    public async ValueTask MemberJoinedAsync(string documentId, RoomMember member, CancellationToken cancellationToken)
    {
        await followers.MemberJoinedAsync(documentId, member, cancellationToken);
        await hub.MemberJoinedAsync(documentId, member, cancellationToken);
    }

    public async ValueTask MemberLeftAsync(string documentId, RoomMember member, CancellationToken cancellationToken)
    {
        await followers.MemberLeftAsync(documentId, member, cancellationToken);
        await hub.MemberLeftAsync(documentId, member, cancellationToken);
    }

    public async ValueTask RoomChangedAsync(DocumentSession session, CancellationToken cancellationToken)
    {
        await followers.RoomChangedAsync(session, cancellationToken);
        await hub.RoomChangedAsync(session, cancellationToken);
    }
}
