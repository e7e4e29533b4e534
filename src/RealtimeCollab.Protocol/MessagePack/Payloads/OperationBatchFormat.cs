using System.Diagnostics.CodeAnalysis;
using RealtimeCollab.OperationalTransform;
using RealtimeCollab.Protocol.Documents;
using RealtimeCollab.Protocol.Json;
using RealtimeCollab.Protocol.MessagePack.Primitives;

namespace RealtimeCollab.Protocol.MessagePack.Payloads;

/// <summary>Committed operations: the argument of OperationsApplied, which the server sends most, and the result of GetOperations.</summary>
internal static class OperationBatchFormat
{
    public static void Write(ref MessagePackWriter writer, OperationBatch batch)
    {
        writer.WriteMapHeader(3);
        writer.WriteString("documentId"u8);
        writer.WriteString(batch.DocumentId);
        writer.WriteString("fromRevision"u8);
        writer.WriteInteger(batch.FromRevision);
        writer.WriteString("operations"u8);
        writer.WriteArrayHeader(batch.Operations.Count);
        for (var i = 0; i < batch.Operations.Count; i++)
            Write(ref writer, batch.Operations[i]);
    }

    /// <summary>Reads a batch whose members are of the types that they should be.</summary>
    public static bool TryRead(ref MessagePackReader reader, [NotNullWhen(true)] out OperationBatch? batch)
    {
        batch = MemberFormat.TryReadMap(ref reader, out BatchMembers read)
            && read is { DocumentId: not null, FromRevision: { } fromRevision, Operations: not null }
            ? new OperationBatch { DocumentId = read.DocumentId, FromRevision = fromRevision, Operations = read.Operations }
            : null;
        return batch is not null;
    }

    private static void Write(ref MessagePackWriter writer, CommittedOperation committed)
    {
        Span<byte> time = stackalloc byte[UtcTime.Length];
        UtcTime.Write(committed.Timestamp, time);
        writer.WriteMapHeader(committed.Traceparent is null ? 6 : 7);
        writer.WriteString("revision"u8);
        writer.WriteInteger(committed.Revision);
        writer.WriteString("clientId"u8);
        writer.WriteString(committed.ClientId);
        writer.WriteString("userId"u8);
        writer.WriteString(committed.UserId);
        writer.WriteString("operationId"u8);
        writer.WriteString(committed.OperationId);
        writer.WriteString("operation"u8);
        OperationFormat.Write(ref writer, committed.Operation);
        writer.WriteString("timestamp"u8);
        writer.WriteString(time);
        if (committed.Traceparent is null)
            return;
        writer.WriteString("traceparent"u8);
        writer.WriteString(committed.Traceparent);
    }

    private static bool TryReadOperations(ref MessagePackReader reader, out CommittedOperation[]? operations)
    {
        operations = null;
        reader.Read(out var array);
        if (array.Type != MessagePackType.Array)
            return false;

        var read = new CommittedOperation[array.Count];
        for (var i = 0; i < read.Length; i++)
        {
            if (!TryReadCommitted(ref reader, out var committed))
                return false;
            read[i] = committed;
        }

        operations = read;
        return true;
    }

    private static bool TryReadCommitted(ref MessagePackReader reader, [NotNullWhen(true)] out CommittedOperation? committed)
    {
        committed = MemberFormat.TryReadMap(ref reader, out CommittedMembers read)
            && read is { Revision: { } revision, ClientId: not null, UserId: not null, OperationId: not null, Operation: not null, Timestamp: { } timestamp }
            ? new CommittedOperation
            {
                Revision = revision,
                ClientId = read.ClientId,
                UserId = read.UserId,
                OperationId = read.OperationId,
                Operation = read.Operation,
                Timestamp = timestamp,
                Traceparent = read.Traceparent,
            }
            : null;
        return committed is not null;
    }

    private static bool TryReadTime(ref MessagePackReader reader, out DateTimeOffset? time)
    {
        reader.Read(out var token);
        time = token.Type == MessagePackType.String && UtcTime.TryRead(token.Bytes, out var read) ? read : null;
        return time is not null;
    }

    private struct BatchMembers : IMembers
    {
        public string? DocumentId;
        public long? FromRevision;
        public CommittedOperation[]? Operations;

        public bool TryRead(in MessagePackToken name, ref MessagePackReader reader) => name.Type switch
        {
            _ when name.Is("documentId"u8) => MemberFormat.TryReadText(ref reader, out DocumentId),
            _ when name.Is("fromRevision"u8) => MemberFormat.TryReadInteger(ref reader, out FromRevision),
            _ when name.Is("operations"u8) => TryReadOperations(ref reader, out Operations),
            _ => MemberFormat.TryPass(name, ref reader),
        };
    }

    private struct CommittedMembers : IMembers
    {
        public long? Revision;
        public string? ClientId;
        public string? UserId;
        public string? OperationId;
        public TextOperation? Operation;
        public DateTimeOffset? Timestamp;
        public string? Traceparent;

        public bool TryRead(in MessagePackToken name, ref MessagePackReader reader) => name.Type switch
        {
            _ when name.Is("revision"u8) => MemberFormat.TryReadInteger(ref reader, out Revision),
            _ when name.Is("clientId"u8) => MemberFormat.TryReadText(ref reader, out ClientId),
            _ when name.Is("userId"u8) => MemberFormat.TryReadText(ref reader, out UserId),
            _ when name.Is("operationId"u8) => MemberFormat.TryReadText(ref reader, out OperationId),
            _ when name.Is("operation"u8) => OperationFormat.TryRead(ref reader, out Operation),
            _ when name.Is("timestamp"u8) => TryReadTime(ref reader, out Timestamp),
            _ when name.Is("traceparent"u8) => MemberFormat.TryReadOptionalText(ref reader, out Traceparent),
            _ => MemberFormat.TryPass(name, ref reader),
        };
    }
}
