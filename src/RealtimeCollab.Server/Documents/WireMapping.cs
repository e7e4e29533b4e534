using RealtimeCollab.Protocol.Documents;
using RealtimeCollab.Sessions.Documents;
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
                Traceparent = entry.Traceparent,
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

    public static ParticipantMessage ToParticipantMessage(this RoomMember member, string documentId) =>
        new() { DocumentId = documentId, Client = member.ToParticipant() };

    public static SessionInfo ToSessionInfo(this DocumentSession session) => new()
    {
        DocumentId = session.DocumentId,
        SessionId = session.SessionId,
        Revision = session.State.Revision,
        ReaderCount = session.Room.ReaderCount,
        WriterCount = session.Room.WriterCount,
        Clients = [.. session.Room.Members.Select(ToParticipant)],
    };

    /// <summary>What a client gets that joins.</summary>
    /// <param name="session">The document.</param>
    /// <param name="resume">What the client lacks.</param>
    /// <param name="role">What the user may do.</param>
    /// <param name="readOnly">The client reads.</param>
    /// <param name="clientId">The client, which is not among the others.</param>
    public static DocumentSnapshot ToSnapshot(
        this DocumentSession session, ResumePoint resume, DocumentRole role, bool readOnly, string clientId) => new()
        {
            DocumentId = session.DocumentId,
            SessionId = session.SessionId,
            ContentType = session.Head.ContentType,
            Revision = resume.Revision,
            Content = resume.Snapshot is { } state ? new DocumentContent(state.Document, session.Head.ContentType) : null,
            Operations = resume.Entries.ToOperations(),
            Clients = [.. session.Room.Members
                .Where(member => !string.Equals(member.ClientId, clientId, StringComparison.Ordinal))
                .Select(ToParticipant)],
            Role = role,
            ReadOnly = readOnly,
            CreatedAt = session.Head.CreatedAt,
            UpdatedAt = resume.UpdatedAt,
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
