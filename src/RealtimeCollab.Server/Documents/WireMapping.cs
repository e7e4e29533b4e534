using RealtimeCollab.Protocol.Documents;
using RealtimeCollab.Sessions.Rooms;
using RealtimeCollab.Sessions.Storage;

namespace RealtimeCollab.Server.Documents;

/// <summary>From what sessions and stores know to what clients hear.</summary>
internal static class WireMapping
{
    public static OperationBatch ToBatch(this IReadOnlyList<LogEntry> entries, string documentId, long fromRevision) => new()
    {
        DocumentId = documentId,
        FromRevision = fromRevision,
        Operations = entries.ToOperations(),
    };

    public static IReadOnlyList<CommittedOperation> ToOperations(this IReadOnlyList<LogEntry> entries)
    {
        var operations = new CommittedOperation[entries.Count];
        for (var i = 0; i < operations.Length; i++)
        {
            var entry = entries[i];
            operations[i] = new CommittedOperation
            {
                Revision = entry.Revision,
                ClientId = entry.ClientId,
                UserId = entry.UserId,
                OperationId = entry.OperationId,
                Operation = entry.Operation,
                Timestamp = entry.Timestamp,
            };
        }

        return operations;
    }

    public static Participant ToParticipant(this RoomMember member) => new()
    {
        ClientId = member.ClientId,
        UserId = member.UserId,
        UserName = member.UserName,
        Color = member.Color,
        IsEditing = member.IsEditing,
        Selection = member.Selection,
        Device = member.Device,
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
