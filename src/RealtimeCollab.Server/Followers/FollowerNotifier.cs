using RealtimeCollab.Server.Documents;
using RealtimeCollab.Sessions.Documents;
using RealtimeCollab.Sessions.Rooms;
using RealtimeCollab.Sessions.Storage;

namespace RealtimeCollab.Server.Followers;

/// <summary>Tells event streams what the session of their document tells, but for selections, which are for those who edit: each event is written once, however many follow, and never waited for.</summary>
internal sealed class FollowerNotifier(FollowerRegistry followers)
{
    public ValueTask OperationsAppliedAsync(string documentId, IReadOnlyList<LogEntry> entries, CancellationToken cancellationToken) =>
        Offer(documentId, () => EventText.Operations(documentId, entries));

    public ValueTask MemberJoinedAsync(string documentId, RoomMember member, CancellationToken cancellationToken) =>
        Offer(documentId, () => EventText.UserJoined(member.ToParticipantMessage(documentId)), member.ConnectionId);

    public ValueTask MemberLeftAsync(string documentId, RoomMember member, CancellationToken cancellationToken) =>
        Offer(documentId, () => EventText.UserLeft(member.ToParticipantMessage(documentId)), member.ConnectionId);

    public ValueTask RoomChangedAsync(DocumentSession session, CancellationToken cancellationToken) =>
        Offer(session.DocumentId, () => EventText.SessionInfo(session.ToSessionInfo()));

    private ValueTask Offer(string documentId, Func<EventBlock> write, string? exceptId = null)
    {
        var there = followers[documentId];
        if (there.IsEmpty)
            return ValueTask.CompletedTask;
        var block = write();
        foreach (var follower in there)
        {
            if (!string.Equals(follower.Id, exceptId, StringComparison.Ordinal))
                follower.Offer(block);
        }

        return ValueTask.CompletedTask;
    }
}
