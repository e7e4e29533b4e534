using RealtimeCollab.Protocol.Documents;
using RealtimeCollab.Sessions.Rooms;
using RealtimeCollab.Sessions.Storage;

namespace RealtimeCollab.Sessions.Tests.Simulation.Server;

/// <summary>From what sessions know to what clients hear.</summary>
internal static class WireForm
{
    public static OperationBatch ToBatch(this IReadOnlyList<LogEntry> entries, string documentId, long fromRevision) =>
        new() { DocumentId = documentId, FromRevision = fromRevision, Operations = entries.ToOperations() };

    public static IReadOnlyList<CommittedOperation> ToOperations(this IReadOnlyList<LogEntry> entries) =>
    [
        .. entries.Select(entry => new CommittedOperation
        {
            Revision = entry.Revision,
            ClientId = entry.ClientId,
            UserId = entry.UserId,
            OperationId = entry.OperationId,
            Operation = entry.Operation,
            Timestamp = entry.Timestamp,
        }),
    ];

    public static Participant ToParticipant(this RoomMember member) => new()
    {
        ClientId = member.ClientId,
        UserId = member.UserId,
        UserName = member.UserName,
        Color = member.Color,
        IsEditing = member.IsEditing,
        Selection = member.Selection,
    };

    public static ClientSelection ToSelection(this RoomMember member) => new()
    {
        ClientId = member.ClientId,
        UserId = member.UserId,
        UserName = member.UserName,
        Color = member.Color,
        Selection = member.Selection,
    };
}
