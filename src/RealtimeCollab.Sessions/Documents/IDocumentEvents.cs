using RealtimeCollab.Sessions.Rooms;
using RealtimeCollab.Sessions.Storage;

namespace RealtimeCollab.Sessions.Documents;

/// <summary>
/// Where sessions send what the members of a document are to hear. Implemented above the sessions, by whoever owns the
/// connections. Calls for one document come one after another, in order; what is thrown is logged and counted, and clients
/// refill the gap from the log.
/// </summary>
public interface IDocumentEvents
{
    /// <summary>Operations were committed, here or by another node: consecutive revisions, each given once by the session of each node to its own members.</summary>
    ValueTask OperationsAppliedAsync(string documentId, IReadOnlyList<LogEntry> entries, CancellationToken cancellationToken);

    /// <summary>Selections moved or went away; positions are meant for <paramref name="revision"/>.</summary>
    ValueTask SelectionsChangedAsync(
        string documentId, long revision, IReadOnlyList<RoomMember> members, CancellationToken cancellationToken);

    /// <summary>A client joined, or changed between reading and editing.</summary>
    ValueTask MemberJoinedAsync(string documentId, RoomMember member, CancellationToken cancellationToken);

    /// <summary>A client left with its last connection.</summary>
    ValueTask MemberLeftAsync(string documentId, RoomMember member, CancellationToken cancellationToken);

    /// <summary>The members changed; however many came and went, at most one call for each <see cref="SessionOptions.RoomInterval"/>.</summary>
    ValueTask RoomChangedAsync(DocumentSession session, CancellationToken cancellationToken);
}
